using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Memory;

/// <summary>The seam in production: mapped memory, written with release and read with acquire semantics.</summary>
internal readonly unsafe struct ProcessMemory : ISharedMemory
{
    private const int SpinsBeforeAsking = 64;
    private const int RoundsBeforeSleeping = 256;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ulong* address) => Volatile.Read(ref *address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Volatile.Write(ref *address, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Release(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Volatile.Write(ref *address, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareExchange(ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Interlocked.CompareExchange(ref *address, value, expected) == expected;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (source.Length == sizeof(ulong))
            Unsafe.WriteUnaligned(destination, Unsafe.ReadUnaligned<ulong>(in source[0]));
        else
            source.CopyTo(new Span<byte>(destination, source.Length));
    }

    /// <summary>In order like any other: what it costs is nothing on x64, and the machine's code has the states that tests look at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Volatile.Write(ref *address, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBarrier() => Volatile.WriteBarrier();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReadBarrier() => Volatile.ReadBarrier();

    /// <summary>First spins, then yields, then sleeps.</summary>
    public static bool Pause(int round)
    {
        if (round <= SpinsBeforeAsking)
        {
            Thread.SpinWait(8);
            return round == SpinsBeforeAsking;
        }
        if (round <= RoundsBeforeSleeping)
            Thread.Yield();
        else
            Thread.Sleep(round > 2 * RoundsBeforeSleeping ? 1 : 0);
        return true;
    }
}
