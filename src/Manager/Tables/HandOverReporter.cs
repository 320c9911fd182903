using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Steps;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>Reports a table's hand-overs, watches the owners that it finds, and keeps what the next manager is to know.</summary>
internal sealed class HandOverReporter(OpenTable table, TableSurroundings surroundings, Action wake) : IHandOverSurroundings
{
    /// <summary>How many questions about a held lock make it worth a word: a good second.</summary>
    private const int LongLockWait = 16;

    public TableDefinition Definition => table.Definition;

    public bool HasRule => Definition.FindMe?.Command is not null || surroundings.Rule is not null;

    public ArrivalLimits Arrivals => Definition.Arrivals ?? surroundings.Arrivals();

    public TimeSpan QuarantineLeft
    {
        get
        {
            var until = Definition.Standing.QuarantinedUntil;
            return until == 0 ? TimeSpan.Zero : DateTimeOffset.FromUnixTimeMilliseconds(until) - surroundings.Time.GetUtcNow();
        }
    }

    private string Name => table.Location.Name;

    public IClaimant? FindHeir(out bool mayCome)
    {
        mayCome = false;
        return Definition.Standing.Heir is { } heir ? surroundings.Workers.Find(heir, out mayCome) : null;
    }

    public RuleRun AskRule(IReadOnlyList<Claim> candidates, TransferReason reason)
    {
        var now = surroundings.Time.GetElapsedTime(0);
        var request = new FindMeRequest(Name, reason, [.. candidates.Select(claim => ToCandidate(claim, now))]);
        return Definition.FindMe?.Command is { } command
            ? RuleRun.Start(new CommandRule(command.Arguments), command.TimeLimit, request, candidates, wake)
            : RuleRun.Start(surroundings.Rule!, surroundings.Policy.RuleTimeLimit, request, candidates, wake);
    }

    public void RuleFailed(string problem) => Log.RuleFailed(surroundings.Logger, Name, problem);

    public void KeepDeparture(Departure? departure)
    {
        Keep(Definition.Standing with { Departure = departure });
        surroundings.Store.Reach(ManagerStep.StandingWritten);
    }

    public void Quarantine(TimeSpan time)
    {
        surroundings.Events.Quarantined(Name, time);
        Keep(Definition.Standing with { QuarantinedUntil = (surroundings.Time.GetUtcNow() + time).ToUnixTimeMilliseconds() });
    }

    public void QuarantinedWorker(IClaimant claimant, TimeSpan time) =>
        surroundings.Events.QuarantinedWorker(Name, claimant.Process.ProcessId, claimant.Role, time);

    public IOwnerProcess? Watch(ParticipantInfo owner)
    {
        var identity = new ProcessIdentity(owner.ProcessId, owner.StartTime);
        try
        {
            // The slot's process lives, by its lock. If its id means another process here, it is in another PID namespace.
            if (ProcessIdentity.TryRead(owner.ProcessId, out var here) && here == identity) return surroundings.Processes.Watch(identity, pidfd: null);
        }
        catch (EtsException)
        {
            // Not observable: the kernel is asked about its lock instead.
        }
        Log.OwnerOutOfSight(surroundings.Logger, Name, owner.ProcessId);
        return null;
    }

    public void Offer(IClaimant claimant, in Offer offer)
    {
        (claimant as WorkerRegistration)?.Offer(new OfferMessage(
            Name, table.FileName, offer.Epoch, offer.Reason, offer.From?.ProcessId ?? 0, offer.From?.Role, offer.GiftData ?? table.Definition.GiftData)
        {
            ExitStatus = offer.ExitStatus,
        });
        surroundings.Events.Offered(Name, claimant.Process.ProcessId, offer.Epoch, offer.Reason);
    }

    public void Owned(TableOwner owner) => surroundings.Events.Accepted(Name, owner.ProcessId, owner.Epoch);

    public void Withdrawn(IClaimant? claimant, uint epoch, string why) =>
        surroundings.Events.Withdrawn(Name, claimant?.Process.ProcessId, epoch, why);

    public void AwaitsLock(TableOwner owner, int attempts)
    {
        if (attempts == LongLockWait) Log.AwaitsLock(surroundings.Logger, Name, owner.ProcessId);
    }

    public void FoundDead(TableOwner owner) => surroundings.Events.FoundDead(Name, owner.ProcessId);

    public void Recovered(TableOwner? owner, uint epoch, int settled, TimeSpan took) => surroundings.Events.Recovered(Name, epoch, settled, took);

    public void Released(TableOwner owner) => surroundings.Events.Released(Name, owner.ProcessId, owner.Epoch);

    public void HeldBack(TimeSpan delay) => Log.HeldBack(surroundings.Logger, Name, delay.TotalMilliseconds);

    /// <summary>Where it cannot be written, this manager goes by it all the same, and the next one does not know of it.</summary>
    private void Keep(TableStanding standing)
    {
        var definition = Definition with { Standing = standing };
        try
        {
            table.Redefine(definition);
        }
        catch (TableFullException error)
        {
            Log.StandingNotKept(surroundings.Logger, Name, error.Message);
            table.Definition = definition;
        }
    }

    private static FindMeCandidate ToCandidate(Claim claim, TimeSpan now)
    {
        var worker = claim.Claimant;
        return new FindMeCandidate(worker.Process.ProcessId, worker.WorkerId, worker.Role, worker.Priority, now - claim.Since, worker.Process.OwnedTables);
    }
}
