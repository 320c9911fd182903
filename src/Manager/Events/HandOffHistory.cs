using System.Diagnostics;

namespace EtsPersist.Mmf.Manager.Events;

/// <summary>Puts events together to hand-offs and keeps the latest ones.</summary>
/// <remarks>
/// Threads: one notes, any ask. Memory: a few words for each table that was offered, until it is dropped, and for the last deaths. A name that is only waited for
/// takes none.
/// </remarks>
internal sealed class HandOffHistory
{
    public const int Kept = 100;

    private const int DeathsKept = 1000;

    private readonly Dictionary<string, Transition> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, long> _deaths = [];
    private readonly Queue<int> _deathOrder = [];
    private readonly Lock _gate = new();
    private readonly Queue<HandOff> _recent = [];

    /// <summary>The latest hand-offs, the last one first.</summary>
    public IReadOnlyList<HandOff> Recent
    {
        get
        {
            lock (_gate) return [.. _recent.Reverse()];
        }
    }

    /// <summary>How many deaths were reported.</summary>
    public long Deaths { get; private set; }

    /// <summary>How many tables were recovered.</summary>
    public long Recoveries { get; private set; }

    /// <summary>How many tables it keeps something of. For the thread that notes.</summary>
    public int Followed => _tables.Count;

    /// <summary>Notes an event; the hand-off that it completes, if it does.</summary>
    public HandOff? Note(in ManagerEvent happened)
    {
        if (happened.Name == "died") Deaths++;
        if (happened.Name == "recovered") Recoveries++;
        // One that was found later is told with its table, and nobody knows when it was.
        if (happened is { Name: "died", ProcessId: { } dead, Table: null }) NoteDeath(dead, happened.Timestamp);
        if (happened.Table is not { } name) return null;
        switch (happened.Name)
        {
            case "recovered" or "released":
                Follow(name).FreeSince = happened.Timestamp;
                return null;
            case "offered":
                var table = Follow(name);
                (table.OfferedAt, table.Reason, table.OfferedEpoch) = (happened.Timestamp, happened.Reason, happened.Epoch);
                return null;
            case "accepted":
                return Complete(name, Follow(name), in happened);
            case "renamed":
                if (_tables.Remove(name, out var moved)) _tables[happened.NewName!] = moved;
                return null;
            case "dropped":
                _tables.Remove(name);
                return null;
            default:
                return null;
        }
    }

    private Transition Follow(string name)
    {
        if (!_tables.TryGetValue(name, out var table)) _tables[name] = table = new Transition();
        return table;
    }

    private HandOff? Complete(string name, Transition table, in ManagerEvent accepted)
    {
        var from = table.Owner;
        var since = Since(table);
        var isOffered = table.OfferedEpoch == accepted.Epoch;
        (table.Owner, table.FreeSince, table.OfferedEpoch) = (accepted.ProcessId, null, null);
        if (!isOffered || accepted.ProcessId is not { } to) return null; // an owner that an earlier manager chose
        var took = Stopwatch.GetElapsedTime(since, accepted.Timestamp);
        var done = new HandOff(name, table.Reason, from, to, accepted.Epoch ?? 0, accepted.Timestamp, took);
        lock (_gate)
        {
            _recent.Enqueue(done);
            if (_recent.Count > Kept) _recent.Dequeue();
        }
        return done;
    }

    /// <summary>
    /// When the table had no owner any more. The table waits for the settlement of a death, so that counts from the death on.
    /// </summary>
    private long Since(Transition table)
    {
        if (table.FreeSince is not { } free) return table.OfferedAt;
        return table is { Reason: TransferReason.OwnerDied, Owner: { } owner } && _deaths.TryGetValue(owner, out var death)
            ? Math.Min(death, free)
            : free;
    }

    private void NoteDeath(int processId, long timestamp)
    {
        if (_deaths.TryAdd(processId, timestamp)) _deathOrder.Enqueue(processId);
        else _deaths[processId] = timestamp; // an id that was given out again
        if (_deathOrder.Count > DeathsKept) _deaths.Remove(_deathOrder.Dequeue());
    }

    /// <summary>Where a table is between two owners.</summary>
    private sealed class Transition
    {
        public int? Owner { get; set; }

        public long? FreeSince { get; set; }

        public long OfferedAt { get; set; }

        public uint? OfferedEpoch { get; set; }

        public TransferReason? Reason { get; set; }
    }
}
