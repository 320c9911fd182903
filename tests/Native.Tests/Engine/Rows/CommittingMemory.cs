using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>The seam under a batch: has something happen behind the store that commits it.</summary>
internal readonly unsafe struct CommittingMemory : ISharedMemory
{
    [ThreadStatic]
    private static ulong* Batch;

    [ThreadStatic]
    private static Action? Happening;

    /// <summary>What happens behind the next commit of this thread, of the journal with this batch word.</summary>
    public static void Behind(ulong* batch, Action happening)
    {
        Batch = batch;
        Happening = happening;
    }

    public static ulong Read(ulong* address) => ProcessMemory.Read(address);

    public static void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ProcessMemory.Write(address, value, file, line);
        if (address != Batch || new BatchWord(value).State != BatchWord.Committed)
            return;
        Batch = null;
        Happening!();
    }

    public static void Release(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => ProcessMemory.Release(address, value, file, line);

    public static bool CompareExchange(ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ProcessMemory.CompareExchange(address, expected, value, file, line);

    public static void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => ProcessMemory.Fill(destination, source, file, line);

    public static void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => ProcessMemory.Fill(address, value, file, line);

    public static void WriteBarrier() => ProcessMemory.WriteBarrier();

    public static void ReadBarrier() => ProcessMemory.ReadBarrier();
}
