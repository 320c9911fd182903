using System.Diagnostics;

namespace EtsPersist.Mmf.Chaos;

/// <summary>Waits for the fleet, within bounds.</summary>
internal sealed class Patience(Fleet fleet, CancellationToken cancelled)
{
    private static readonly TimeSpan HandOver = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Observes the fleet until the condition holds, for at most a minute.</summary>
    public void Until(Func<bool> condition, string what) => Until(condition, what, () => 0);

    /// <summary>Observes the fleet until the condition holds, as long as there is progress at least once a minute.</summary>
    public void Until(Func<bool> condition, string what, Func<long> progress)
    {
        var last = progress();
        var since = Stopwatch.StartNew();
        while (true)
        {
            Observe();
            if (condition()) return;
            if (progress() is var now && now != last)
            {
                last = now;
                since.Restart();
            }
            if (since.Elapsed > Limit) throw Stuck(what);
            Thread.Sleep(1);
        }
    }

    /// <summary>
    /// Does nothing for longer than a death and a hand-over take: on few processors the looking itself would delay them. All that is measured the
    /// processes record themselves.
    /// </summary>
    public static void StandBack() => Thread.Sleep(HandOver);

    /// <summary>Observes the fleet for a time.</summary>
    public void For(TimeSpan time)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < time; Thread.Sleep(1)) Observe();
    }

    private StuckException Stuck(string what) =>
        new($"No progress for {Limit.TotalSeconds:0} s while waiting for {what}.{Environment.NewLine}{fleet.Describe()}");

    private void Observe()
    {
        cancelled.ThrowIfCancellationRequested();
        fleet.Observe();
    }
}
