using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests.Stress;

/// <summary>
/// The seam of a reader that is wrong on purpose: during one read it sees each word as it was at the first look, so its second look never notices
/// that a writer has come between.
/// </summary>
internal readonly unsafe struct BlindMemory : ISharedMemory
{
    [ThreadStatic]
    private static Dictionary<nint, ulong>? Seen;

    /// <summary>The next read begins.</summary>
    public static void Forget()
    {
        Seen ??= [];
        Seen.Clear();
    }

    public static ulong Read(ulong* address)
    {
        if (!Seen!.TryGetValue((nint)address, out var value))
            Seen[(nint)address] = value = Volatile.Read(ref *address);
        return value;
    }

    public static void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw Stored();

    public static void Release(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw Stored();

    public static bool CompareExchange(
        ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw Stored();

    public static void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw Stored();

    public static void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw Stored();

    public static void WriteBarrier() => throw Stored();

    public static void ReadBarrier() => Volatile.ReadBarrier();

    private static InvalidOperationException Stored() => new("A reader stored something.");
}
