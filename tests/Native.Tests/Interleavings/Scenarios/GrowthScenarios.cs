using static EtsPersist.Mmf.Native.Tests.Interleavings.Script;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Splits of bucket 0, from which p and q move away and a to d do not.</summary>
internal static class GrowthScenarios
{
    /// <summary>In either format.</summary>
    public static IReadOnlyList<Scenario> Both { get; } = [.. Splits().Select(scenario => scenario with { SplitsBuckets = true })];

    private static Scenario[] Splits() =>
    [
        new("insert with a split and insert of a row that moves", table => { table.Insert('a', 1); table.Insert('p', 2); },
            Writer("first", table => { table.Insert('b', 3); table.Split(); }),
            Writer("second", table => table.Insert('q', 4))),
        new("split and replace of a row that moves", table => { table.Insert('a', 1); table.Insert('p', 2); },
            Writer("splitter", table => table.Split()),
            Writer("writer", table => table.Insert('p', 300))),
        new("split and delete of a row that moves", table => { table.Insert('a', 1); table.Insert('p', 2); },
            Writer("splitter", table => table.Split()),
            Writer("writer", table => table.Delete('p'))),
        new("split and split", table => { table.Insert('a', 1); table.Insert('p', 2); },
            Writer("first", table => table.Split()),
            Writer("second", table => table.Split())),
        new("split and reader", table => { table.Insert('a', 1); table.Insert('p', 2); },
            Writer("splitter", table => table.Split()),
            Reader(table => { table.Read('p'); table.Read('a'); table.Read('p'); })),
        new("split of a chain and reader", table => { table.Fill(7); table.Insert('a', 1); table.Insert('p', 2); },
            Writer("splitter", table => table.Split()),
            Reader(table => { table.Read('p'); table.Read('a'); })),
        new("split and scan", table => { table.Insert('a', 1); table.Insert('p', 2); table.Insert('q', 3); },
            Writer("splitter", table => table.Split()),
            new Script("scanner", table => table.Scan())),
        new("split of a chain and scan", table => { table.Fill(7); table.Insert('a', 1); table.Insert('p', 2); },
            Writer("splitter", table => table.Split()),
            new Script("scanner", table => table.Scan())) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("split that needs an overflow bucket and insert", table => table.FillMoving(),
            Writer("splitter", table => table.Split()),
            Writer("writer", table => table.Insert('a', 1))) { Preemptions = 1, PreemptionsWithKills = 0, Kills = 0 },
        new("split, insert and reader of a row that moves", table => { table.Insert('a', 1); table.Insert('p', 2); },
            Writer("splitter", table => table.Split()),
            Writer("writer", table => table.Insert('q', 3)),
            Reader(table => { table.Read('q'); table.Read('p'); })) { Preemptions = 2, PreemptionsWithKills = 0, IsLarge = true },
        new("split and batch", table => { table.Insert('a', 1); table.Insert('p', 2); },
            Writer("splitter", table => table.Split()),
            Writer("writer", table => table.Commit(batch => batch.Insert('a', 3).Insert('p', 4)))) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("split, batch and reader", table => { table.Insert('a', 1); table.Insert('p', 2); },
            Writer("splitter", table => table.Split()),
            Writer("writer", table => table.Commit(batch => batch.Insert('a', 3).Insert('p', 4))),
            Reader(table => { table.Read('p'); table.Read('a'); })) { Preemptions = 1, PreemptionsWithKills = 0 },
    ];
}
