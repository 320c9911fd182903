using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>The seam over a damaged table: each access is checked against the arena of the current thread before it is made.</summary>
internal readonly unsafe struct BoundedMemory : ISharedMemory
{
    [ThreadStatic]
    private static HostileArena? Current;

    /// <summary>The arena of this thread.</summary>
    public static HostileArena Arena
    {
        get => Current ?? throw new InvalidOperationException("No arena has been entered.");
        set => Current = value;
    }

    public static ulong Read(ulong* address)
    {
        Current!.Read(address);
        return *address;
    }

    public static void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Arena.Write(address);
        *address = value;
    }

    public static void Release(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Write(address, value);

    public static bool CompareExchange(ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (Read(address) != expected)
            return false;
        Write(address, value);
        return true;
    }

    public static void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Arena.Fill(destination, source.Length);
        source.CopyTo(new Span<byte>(destination, source.Length));
    }

    public static void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Write(address, value);

    public static void WriteBarrier() { }

    public static void ReadBarrier() { }
}
