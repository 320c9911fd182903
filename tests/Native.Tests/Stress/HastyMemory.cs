using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests.Stress;

/// <summary>The seam of a writer that is wrong on purpose: the bytes of a record reach memory only behind the next writes, one of which publishes it.</summary>
internal readonly unsafe struct HastyMemory : ISharedMemory
{
    private const int WritesInFront = 4;

    [ThreadStatic]
    private static List<(nint Destination, byte[] Bytes)>? Late;

    [ThreadStatic]
    private static int Writes;

    public static ulong Read(ulong* address) => ProcessMemory.Read(address);

    public static void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ProcessMemory.Write(address, value);
        if (Late is not { Count: > 0 } late || ++Writes < WritesInFront)
            return;
        foreach (var (destination, bytes) in late)
            ProcessMemory.Fill((byte*)destination, bytes);
        late.Clear();
    }

    public static void Release(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Write(address, value);

    public static bool CompareExchange(
        ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ProcessMemory.CompareExchange(address, expected, value);

    public static void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Writes = 0;
        (Late ??= []).Add(((nint)destination, source.ToArray()));
    }

    public static void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ProcessMemory.Fill(address, value);

    public static void WriteBarrier() => ProcessMemory.WriteBarrier();

    public static void ReadBarrier() => ProcessMemory.ReadBarrier();
}
