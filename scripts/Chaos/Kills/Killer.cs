using System.Diagnostics;

namespace EtsPersist.Mmf.Chaos;

/// <summary>Kills, waits until the work goes on, measures, and replaces the dead.</summary>
internal sealed class Killer(ChaosOptions options, Fleet fleet, OwnershipLedger ledger, Patience patience, Timings timings, Random random)
{
    private static readonly TimeSpan RecentWork = TimeSpan.FromMilliseconds(500);

    /// <summary>How many processes were killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How many of them had begun a batch that was not acknowledged.</summary>
    public int KillsInBatch { get; private set; }

    /// <summary>Strikes once.</summary>
    public void Strike(KillKind kind)
    {
        AwaitWork();
        patience.For(TimeSpan.FromMilliseconds(random.Next(5, 120)));
        AwaitWork();
        SpinForAMoment();
        switch (kind)
        {
            case KillKind.Manager:
                KillManager();
                break;
            case KillKind.Waiting:
                Kill(Pick(fleet.Waiting));
                break;
            case KillKind.Standby:
                Kill(Pick(fleet.Standbys));
                break;
            default:
                KillOwner(kind);
                break;
        }
        fleet.Complete();
    }

    /// <summary>Waits until the owner works and successors are registered: hand-overs are to be measured, not the start of programs.</summary>
    private void AwaitWork()
    {
        patience.Until(() => fleet.Serving is not null, "a manager to serve");
        if (options.Standbys > 0) patience.Until(() => fleet.Standbys.Any(manager => manager.StandsBy), "a manager to stand by");
        var waiting = Math.Min(options.Workers - 1, 2);
        patience.Until(() => fleet.Waiting.Count() >= waiting, $"{waiting} workers to wait for the table");
        patience.Until(OwnerWorks, "the owner of the table to commit batches");
    }

    private bool OwnerWorks() =>
        fleet.Owner is { HasExited: false, Last: { Kind: JournalKind.Began or JournalKind.Acknowledged } last }
        && MonotonicClock.Nanoseconds - last.Nanoseconds < RecentWork.TotalNanoseconds;

    private void KillOwner(KillKind kind)
    {
        var owner = fleet.Owner!;
        var manager = fleet.Serving!;
        var epoch = ledger.Latest!.Epoch;
        var successor = kind == KillKind.OwnerAndSuccessor ? fleet.Waiting.MinBy(worker => worker.Last!.Value.Nanoseconds) : null;
        var together = kind == KillKind.ManagerAndOwner;

        var killed = MonotonicClock.Nanoseconds;
        if (together && random.Next(2) == 0) manager.Strike();
        owner.Strike();
        if (together) manager.Strike();
        if (successor is not null)
        {
            SpinForAMoment();
            successor.Strike();
        }
        Patience.StandBack();
        foreach (var victim in new ChildProcess?[] { owner, successor, together ? manager : null }) Bury(victim);
        if ((together && options.Standbys == 0) || options.Workers <= (successor is null ? 1 : 2)) fleet.Complete();

        var awaited = $"the first commit after the kill of {owner.Name}, the owner of epoch {epoch}";
        patience.Until(() => ledger.FirstBatchAfter(epoch) is not null, awaited);
        var committed = ledger.FirstCommitAfter(epoch)!.Value;
        if (together) MeasureRecovery(manager, killed, committed);
        else MeasureHandOff(manager, owner, successor, killed, committed, ledger.FirstBatchAfter(epoch)!.Value);
    }

    private void MeasureHandOff(ManagerProcess manager, WorkerProcess owner, WorkerProcess? successor, long killed, long committed, long batch)
    {
        patience.Until(() => manager.DeathOf(owner.Id) is not null, $"{manager.Name} to report the death of {owner.Name}");
        var reported = manager.DeathOf(owner.Id)!.Value;

        // Where the chosen successor died too, its own death is what the hand-over waited for.
        if (successor is not null && manager.DeathOf(successor.Id) is { } second && second < committed)
            reported = Math.Max(reported, second);
        if (committed < reported) return;
        timings.HandOff.Add(reported, committed);
        timings.FirstBatch.Add(reported, batch);
        timings.KillToFirstWrite.Add(killed, committed);
    }

    private void MeasureRecovery(ManagerProcess dead, long killed, long committed)
    {
        patience.Until(() => fleet.Serving is { } next && next != dead, "the next manager to serve");
        var serving = fleet.Serving!.ServingSince!.Value;
        timings.ManagerFailover.Add(killed, serving);
        if (committed >= serving) timings.Recovery.Add(serving, committed);
    }

    private void KillManager()
    {
        var dead = fleet.Serving!;
        var killed = MonotonicClock.Nanoseconds;
        Kill(dead);
        if (options.Standbys == 0) fleet.Complete(); // else who takes over is here, and the start of another would only be in its way
        patience.Until(() => fleet.Serving is { } next && next != dead, "the next manager to serve");
        timings.ManagerFailover.Add(killed, fleet.Serving!.ServingSince!.Value);
    }

    private void Kill(ChildProcess victim)
    {
        victim.Strike();
        Patience.StandBack();
        Bury(victim);
    }

    private void Bury(ChildProcess? victim)
    {
        if (victim is null) return;
        patience.Until(() => victim.HasExited, $"the end of {victim.Name} after its kill");
        fleet.Bury(victim);
        Kills++;
        if (victim is WorkerProcess { InBatch: true }) KillsInBatch++;
    }

    private T Pick<T>(IEnumerable<T> choices)
    {
        var some = choices.ToArray();
        return some.Length > 0 ? some[random.Next(some.Length)] : throw new StuckException("There is nobody to kill.");
    }

    private void SpinForAMoment()
    {
        var end = Stopwatch.GetTimestamp() + random.NextInt64(Stopwatch.Frequency / 200);
        while (Stopwatch.GetTimestamp() < end) Thread.SpinWait(20);
    }
}
