using System.Collections.Concurrent;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

/// <summary>Collects the reports of a watcher.</summary>
internal sealed class Deaths : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly BlockingCollection<ProcessDeath> _reports = [];

    public void Add(ProcessDeath death) => _reports.Add(death);

    /// <summary>The next report; fails if none comes.</summary>
    public ProcessDeath Next()
    {
        Assert.True(_reports.TryTake(out var death, Limit), "no death was reported within 30 s");
        return death;
    }

    /// <summary>How many reports came that nobody took.</summary>
    public int Left => _reports.Count;

    public void Dispose() => _reports.Dispose();
}
