using System.Diagnostics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Bench.Contenders;
using EtsPersist.Mmf.Bench.Operations;

namespace EtsPersist.Mmf.Bench.Measuring;

/// <summary>
/// Times an operation over all keys of a contender. The loops are methods of their own, called for a thousand keys at a time: so they are called
/// often enough to be compiled again with all optimisations, rather than to go on in code that was replaced while it ran.
/// </summary>
internal static class OperationLoop<TContender> where TContender : struct, IContender
{
    private const int KeysPerCall = 1_000;

    /// <summary>Runs the operation over all keys, beginning at one of them, as often as asked.</summary>
    public static Sample Run(in TContender contender, Operation operation, int passes = 1, int start = 0)
    {
        var rows = contender.Rows;
        var done = 0L;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        for (var pass = 0; pass < passes; pass++)
        {
            for (var offset = 0; offset < rows; offset += KeysPerCall)
                done += RunOnce(contender, operation, (start + offset) % rows);
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var operations = (long)rows * passes;
        if (done != operations)
            throw new InvalidOperationException($"{typeof(TContender).Name}: {operation} went wrong for {operations - done} of {operations} keys.");
        return new Sample(elapsed.TotalNanoseconds / operations, processor.TotalNanoseconds / operations, allocated / (double)operations);
    }

    private static int RunOnce(in TContender contender, Operation operation, int from) => operation switch
    {
        Operation.InsertNew => InsertNew(contender, from),
        Operation.Get => Get(contender, from),
        Operation.GetChained => GetChained(contender, from),
        Operation.GetMissing => GetMissing(contender, from),
        Operation.Overwrite => Overwrite(contender, from),
        Operation.Counter => Count(contender, from),
        Operation.Delete => Delete(contender, from),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such operation."),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int InsertNew(TContender contender, int from)
    {
        var done = 0;
        for (var index = from; index < from + KeysPerCall; index++)
            done += contender.InsertNew(index) ? 1 : 0;
        return done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Get(TContender contender, int from)
    {
        var done = 0;
        for (var index = from; index < from + KeysPerCall; index++)
            done += contender.Get(index) ? 1 : 0;
        return done;
    }

    /// <summary>
    /// The next key is known only once the value before it has been read: the processor cannot fetch ahead, as it does over the keys of
    /// <see cref="Get"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int GetChained(TContender contender, int from)
    {
        var done = 0;
        for (var reads = 0; reads < KeysPerCall; reads++)
            done += contender.Get(from + done) ? 1 : 0;
        return done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int GetMissing(TContender contender, int from)
    {
        var done = 0;
        for (var index = from; index < from + KeysPerCall; index++)
            done += contender.GetMissing(index) ? 1 : 0;
        return done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Overwrite(TContender contender, int from)
    {
        var done = 0;
        for (var index = from; index < from + KeysPerCall; index++)
            done += contender.Overwrite(index) ? 1 : 0;
        return done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Count(TContender contender, int from)
    {
        var done = 0;
        for (var index = from; index < from + KeysPerCall; index++)
            done += contender.Count(index) ? 1 : 0;
        return done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Delete(TContender contender, int from)
    {
        var done = 0;
        for (var index = from; index < from + KeysPerCall; index++)
            done += contender.Delete(index) ? 1 : 0;
        return done;
    }
}
