using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>
/// The seam in tests: counts the stores of the current thread, and kills the "process" at a chosen one, which neither it nor any later store
/// then reaches memory.
/// </summary>
internal readonly unsafe struct TracedMemory : ISharedMemory
{
    [ThreadStatic]
    private static CrashPoint? Current;

    /// <summary>Watches the stores of this thread until disposed.</summary>
    public static IDisposable Watch(CrashPoint point)
    {
        Current = point;
        return new Watching();
    }

    public static ulong Read(ulong* address) => *address;

    public static void Write(ulong* address, ulong value)
    {
        Current?.BeforeStore();
        *address = value;
    }

    public static bool CompareExchange(ulong* address, ulong expected, ulong value)
    {
        if (*address != expected)
            return false;
        Current?.BeforeStore();
        *address = value;
        return true;
    }

    /// <summary>Bytes that nobody can reach: a kill leaves any part of them, so it leaves the worst, half of them.</summary>
    public static void Fill(byte* destination, ReadOnlySpan<byte> source)
    {
        var half = source.Length / 2;
        Current?.BeforeStore();
        source[..half].CopyTo(new Span<byte>(destination, half));
        Current?.BeforeStore();
        source[half..].CopyTo(new Span<byte>(destination + half, source.Length - half));
    }

    public static void ReadBarrier() { }

    private sealed class Watching : IDisposable
    {
        public void Dispose() => Current = null;
    }
}
