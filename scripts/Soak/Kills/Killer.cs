namespace EtsPersist.Mmf.Soak;

/// <summary>Kills, several at once or moments apart, and has every death looked at.</summary>
internal sealed class Killer(Findings findings, OperationTimes times, Random random)
{
    private const int ExitCodeOfSigkill = 128 + 9;
    private const int MostMicrosecondsBetween = 2_000;
    private static readonly TimeSpan MostForWork = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Death = TimeSpan.FromSeconds(30);

    /// <summary>How many processes were killed.</summary>
    public KillCounts Kills { get; } = new();

    /// <summary>Kills the processes in these places, each in the middle of something, at once or moments apart, and vacates them.</summary>
    public void Kill(params IReadOnlyList<Seat> victims)
    {
        var most = random.Next(3) == 0 ? 1 : MostMicrosecondsBetween;
        Kill(victims, between: () => Pauses.Spin(random.Next(most)));
    }

    /// <summary>Kills the processes in these places, each in the middle of something, and vacates them.</summary>
    /// <param name="victims">The places, in order.</param>
    /// <param name="between">What to wait for between one and the next.</param>
    public void Kill(IReadOnlyList<Seat> victims, Action between)
    {
        if (victims.Count == 0) return;
        var from = MonotonicClock.Nanoseconds;
        foreach (var victim in victims)
        {
            if (victim != victims[0]) between();
            Pauses.Until(() => victim.IsAtWork, MostForWork);
            victim.Occupant!.Strike();
            Kills.Add(victim.Role, victim.MomentOf(victim.Occupant));
        }
        foreach (var victim in victims) AwaitDeath(victim.Occupant!);
        times.AddKill(from, MonotonicClock.Nanoseconds);
        foreach (var victim in victims)
        {
            if (OperatingSystem.IsLinux() && victim.Occupant!.ExitCode != ExitCodeOfSigkill) ReportFallen(victim);
            victim.Vacate();
        }
    }

    /// <summary>Reports processes that ended by themselves, which none does.</summary>
    public void BuryFallen(IEnumerable<Seat> seats)
    {
        foreach (var seat in seats.Where(seat => seat.Occupant is { HasExited: true }))
        {
            ReportFallen(seat);
            seat.Vacate();
        }
    }

    private void ReportFallen(Seat seat)
    {
        seat.Occupant!.Drain();
        findings.Error($"{seat.Role} ended by itself:{Environment.NewLine}{seat.Occupant.Describe()}");
    }

    private static void AwaitDeath(ChildProcess victim)
    {
        if (!victim.WaitForExit(Death)) throw new StuckException($"{victim.Name} did not die within {Death.TotalSeconds} s of SIGKILL.");
    }
}
