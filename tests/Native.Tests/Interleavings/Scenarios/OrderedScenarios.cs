using EtsPersist.Mmf.Native.Layout;
using static EtsPersist.Mmf.Native.Tests.Interleavings.Script;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Splits of full leaves: a to d stay, p to y move to the new sibling.</summary>
internal static class OrderedScenarios
{
    /// <summary>So many rows that one more fills the leaf, beside a, p and x.</summary>
    private const int NearlyFull = 12;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. Splits().Select(scenario => scenario.InOrder()),
    ];

    private static Scenario[] Splits() =>
    [
        new("split of a leaf and reader", FullLeaf,
            Writer("writer", table => table.Insert('b', 2)),
            Reader(table => { table.Read('x'); table.Read('b'); table.Read('a'); })) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("split of a leaf and replace of a row that moves", FullLeaf,
            Writer("splitter", table => table.Insert('b', 2)),
            Writer("writer", table => table.Insert('x', 300))) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("split of a leaf and delete of a row that moves", FullLeaf,
            Writer("splitter", table => table.Insert('b', 2)),
            Writer("writer", table => table.Delete('x'))) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("split of a leaf and insert into the same leaf", FullLeaf,
            Writer("first", table => table.Insert('b', 2)),
            Writer("second", table => table.Insert('q', 3))) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("split of a leaf and scan", FullLeaf,
            Writer("writer", table => table.Insert('b', 2)),
            new Script("scanner", table => table.Scan())) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("split of a leaf by a batch and reader", FullLeaf,
            Writer("writer", table => table.Commit(batch => batch.Insert('b', 2).Insert('x', 3))),
            Reader(table => { table.Read('x'); table.Read('b'); })) { Preemptions = 1, PreemptionsWithKills = 1 },
        new("splits of two leaves under one parent", TwoFullLeaves,
            Writer("first", table => table.Insert('a', 1)),
            Writer("second", table => table.Insert('p', 2))) { Preemptions = 1, PreemptionsWithKills = 0, Kills = 0 },
        new("killed split of a leaf, writer and recoverer", FullLeaf,
            Writer("killed", table => table.Insert('b', 2)),
            Writer("writer", table => table.Insert('x', 300)) with { IsKillable = false },
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 1, IsLarge = true },
        new("killed split of a leaf and two recoverers at once", FullLeaf,
            Writer("killed", table => table.Insert('b', 2)),
            Recoverer("first", isKillable: true),
            Recoverer("second")) { Preemptions = 0, PreemptionsWithKills = 0, Kills = 2 },
    ];

    /// <summary>Two full leaves under one root.</summary>
    private static void TwoFullLeaves(ActorTable table) => table.Fill(2 * TreeNode.Lanes);

    private static void FullLeaf(ActorTable table)
    {
        table.Fill(NearlyFull);
        table.Insert('a', 1);
        table.Insert('p', 1);
        table.Insert('x', 1);
    }
}
