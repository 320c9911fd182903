using static EtsPersist.Mmf.Native.Tests.Interleavings.Script;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Deaths, and who settles them.</summary>
internal static class RecoveryScenarios
{
    /// <summary>In either format.</summary>
    public static IReadOnlyList<Scenario> Both { get; } =
    [
        new("killed insert, writer of the same key and recoverer", table => { table.Fill(6); table.Insert('a', 1); },
            Writer("killed", table => table.Insert('b', 2)),
            Survivor("writer", table => table.Insert('b', 3)),
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 1 },
        new("killed replace, reader and recoverer", table => table.Insert('a', 1),
            Writer("killed", table => table.Insert('a', 300)),
            Reader(table => { table.Read('a'); table.Read('a'); }),
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 1 },
        new("killed split, writer and recoverer", table => { table.Fill(7); table.Insert('a', 1); table.Insert('p', 2); },
            Writer("killed", table => table.Split()),
            Survivor("writer", table => table.Insert('p', 300)),
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 1, SplitsBuckets = true },
        new("killed batch, reader and recoverer", table => { table.Insert('a', 1); table.Insert('x', 1); },
            Writer("killed", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 2))),
            Reader(table => { table.Read('x'); table.Read('a'); }),
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("killed batch, writer of one of its keys and recoverer", table => { table.Insert('a', 1); table.Insert('b', 1); },
            Writer("killed", table => table.Commit(batch => batch.Insert('a', 2).Insert('b', 2))),
            Survivor("writer", table => table.Insert('b', 3)),
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("killed insert and two recoverers at once", table => { table.Fill(7); table.Insert('a', 1); },
            Writer("killed", table => table.Insert('b', 2)),
            Recoverer("first"),
            Recoverer("second")) { Preemptions = 0, PreemptionsWithKills = 1 },
        new("killed batch and two recoverers at once", table => { table.Insert('a', 1); table.Insert('x', 1); },
            Writer("killed", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 2))),
            Recoverer("first"),
            Recoverer("second")) { Preemptions = 0, PreemptionsWithKills = 1 },
        new("killed replace, killed recoverer and a third", table => table.Insert('a', 1),
            Writer("killed", table => table.Insert('a', 300)),
            Recoverer("first", isKillable: true),
            Recoverer("second")) { Preemptions = 0, PreemptionsWithKills = 1, Kills = 2 },
        new("killed split, killed recoverer and a third", table => { table.Insert('a', 1); table.Insert('p', 2); },
            Writer("killed", table => table.Split()),
            Recoverer("first", isKillable: true),
            Recoverer("second")) { Preemptions = 0, PreemptionsWithKills = 0, Kills = 2, SplitsBuckets = true },
        new("killed batch, killed recoverer and a third", table => { table.Insert('a', 1); table.Insert('x', 1); },
            Writer("killed", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 2))),
            Recoverer("first", isKillable: true),
            Recoverer("second")) { Preemptions = 0, PreemptionsWithKills = 0, Kills = 2 },
        new("two killed writers of one key and recoverer", table => table.Insert('a', 1),
            Writer("first", table => table.Insert('a', 300)),
            Writer("second", table => table.Delete('a')),
            Recoverer("recoverer")) { Preemptions = 0, PreemptionsWithKills = 0, Kills = 2 },
        new("two killed batches over crossing keys and recoverer", table => { table.Insert('a', 1); table.Insert('x', 1); },
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 2))),
            Writer("second", table => table.Commit(batch => batch.Insert('x', 3).Insert('a', 3))),
            Recoverer("recoverer")) { Preemptions = 0, PreemptionsWithKills = 0, Kills = 2, IsLarge = true },
        new("killed refill and refill", _ => { },
            Writer("killed", table => table.Insert('a', 1)),
            Survivor("writer", table => table.Insert('b', 2)),
            Recoverer("recoverer")) { IsCold = true, Preemptions = 1, PreemptionsWithKills = 1 },
        new("attach and attach", _ => { },
            Newcomer("first", table => { table.Attach(); table.Insert('a', 1); }),
            Newcomer("second", table => { table.Attach(); table.Insert('b', 2); })) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("killed writer, attach and recoverer", table => table.Insert('a', 1),
            Writer("killed", table => table.Insert('a', 300)),
            Newcomer("newcomer", table => { table.Attach(); table.Insert('b', 2); }),
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("detach, attach and recoverer", table => table.Insert('a', 1),
            Writer("leaving", table => { table.Insert('a', 300); table.Detach(); }),
            Newcomer("newcomer", table => { table.Attach(); table.Insert('b', 2); }),
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 0 },
    ];

    private static Script Survivor(string name, Action<ActorTable> run) => Writer(name, run) with { IsKillable = false };

    private static Script Newcomer(string name, Action<ActorTable> run) => new(name, run) { IsKillable = true };
}
