using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Workers;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Manager.Connections;

/// <summary>A worker as it registered over one connection; it ends with the connection, not with the process.</summary>
internal sealed class WorkerRegistration(WorkerProcess process, RegisterMessage registration, OutgoingFrames outgoing) : IClaimant
{
    private readonly long _since = TimeProvider.System.GetTimestamp();
    private long _heardAt = TimeProvider.System.GetTimestamp();
    private int _isSilent;
    private volatile bool _isServed;

    public string Role { get; } = registration.Role;

    public int Priority { get; } = registration.Priority;

    public ulong WorkerId { get; } = registration.WorkerId;

    public IOwnerProcess Process { get; } = process;

    public ProcessIdentity Identity => process.Identity;

    /// <summary>The kernel's handle of the process, where it gave one.</summary>
    public SafeFileHandle? Pidfd { get; init; }

    /// <summary>How often it was told to say something when it connected; zero for not at all.</summary>
    public TimeSpan HeartbeatPause { get; init; }

    /// <summary>How long ago it said something. No time while something that it said is carried out: what it says meanwhile is read only then.</summary>
    public TimeSpan Silent => SilentAt(TimeProvider.System.GetTimestamp());

    /// <summary>How long ago it had said something at a moment.</summary>
    public TimeSpan SilentAt(long now) => _isServed ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(Volatile.Read(ref _heardAt), now);

    /// <summary>It has said something, which is carried out until <see cref="EndRequest"/>.</summary>
    public void BeginRequest()
    {
        _isServed = true;
        Volatile.Write(ref _isSilent, 0);
    }

    /// <summary>What it has said is carried out; it is read on.</summary>
    public void EndRequest()
    {
        Volatile.Write(ref _heardAt, TimeProvider.System.GetTimestamp());
        _isServed = false;
    }

    /// <summary>Notes that it has been silent for too long; true the first time since it said something.</summary>
    public bool NoteSilence() => Interlocked.Exchange(ref _isSilent, 1) == 0;

    public void Offer(OfferMessage offer) => outgoing.Send(MessageCodec.Encode(0, offer));

    public void Relinquish(RelinquishMessage wanted) => outgoing.Send(MessageCodec.Encode(0, wanted));

    public void RefuseClaim(string table, EtsException error) =>
        outgoing.Send(MessageCodec.Encode(0, new ClaimRefusedMessage(table, Refusal.CodeOf(error), error.Message)));

    /// <summary>The worker as lists show it.</summary>
    public WorkerSummary Summarize(IReadOnlyCollection<ClaimStanding> standings) => new()
    {
        WorkerId = WorkerId,
        ProcessId = Process.ProcessId,
        Role = Role,
        Priority = Priority,
        RegisteredMilliseconds = (long)TimeProvider.System.GetElapsedTime(_since).TotalMilliseconds,
        Owned = Process.OwnedTables,
        Waiting = standings.Count(standing => standing.IsWaiting),
        SilentMilliseconds = (long)Silent.TotalMilliseconds,
        Quarantines = standings.Count(standing => standing.QuarantineLeft > TimeSpan.Zero),
        QuarantineMilliseconds = (long)standings.Select(standing => standing.QuarantineLeft.TotalMilliseconds).DefaultIfEmpty().Max(),
    };
}
