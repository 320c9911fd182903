using System.Collections.Concurrent;
using System.IO.Enumeration;

namespace EtsPersist.Mmf.Replay;

/// <summary>Replays the recordings of a folder, as many at a time as there are processors, on the tables of one manager.</summary>
internal sealed class ReplayRun(ReplayOptions options, ReplayFolder folder, CancellationToken cancelled)
{
    private readonly ConcurrentBag<TraceResult> _results = [];

    /// <summary>Runs; the results are in the order of the names.</summary>
    /// <exception cref="UsageException">There is no such recording.</exception>
    /// <exception cref="InvalidDataException">A file is no recording.</exception>
    /// <exception cref="StuckException">A process ended or does not go on.</exception>
    public IReadOnlyList<TraceResult> Run()
    {
        var files = Recordings();
        using var manager = new ManagerProcess("manager", folder.Root, ReplayFolder.Instance, folder.Events, standby: false);
        var largestFirst = files.OrderByDescending(file => new FileInfo(file).Length);
        try
        {
            var lanes = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancelled };
            Parallel.ForEach(Partitioner.Create(largestFirst, EnumerablePartitionerOptions.NoBuffering), lanes, Replay);
        }
        catch (AggregateException error)
        {
            throw error.InnerExceptions[0];
        }
        return [.. _results.OrderBy(result => result.Trace, StringComparer.Ordinal)];
    }

    private string[] Recordings()
    {
        var files = Directory.GetFiles(options.Directory, "*" + Trace.Ending)
            .Where(file => FileSystemName.MatchesSimpleExpression(options.Only, Trace.NameOf(file))).ToArray();
        return files.Length > 0 ? files : throw new UsageException($"DIR: {options.Directory} has no recording '{options.Only}{Trace.Ending}'.");
    }

    private void Replay(string file)
    {
        var result = new TraceReplay(Trace.Read(file), folder.Root, options.Stress).Run();
        Console.WriteLine($"{result.Trace,-26} {result.Operations,6} operations, {result.Differences} differences");
        _results.Add(result);
    }
}
