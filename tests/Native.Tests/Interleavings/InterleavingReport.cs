using System.Text.Json;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Adds up what the tests of one class have explored; at their end a line of JSON goes into the file that ETSPERSIST_REPORT names, if it does.</summary>
public abstract class InterleavingReport(string part) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Tally _sum = new();

    internal void Add(Tally tally)
    {
        lock (_gate)
            _sum.Add(tally);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (Environment.GetEnvironmentVariable("ETSPERSIST_REPORT") is not { Length: > 0 } file)
            return;
        var line = JsonSerializer.Serialize(new
        {
            part,
            scenarios = _sum.Scenarios,
            executions = _sum.Executions,
            steps = _sum.Steps,
            kills = _sum.Kills,
            failures = _sum.Failures,
            seconds = Math.Round(_sum.Seconds, 1),
        });
        File.AppendAllText(file, line + Environment.NewLine);
    }
}
