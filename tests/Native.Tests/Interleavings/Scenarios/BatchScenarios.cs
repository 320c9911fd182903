using static EtsPersist.Mmf.Native.Tests.Interleavings.Script;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Batches: nobody sees a part of one.</summary>
internal static class BatchScenarios
{
    /// <summary>In either format.</summary>
    public static IReadOnlyList<Scenario> Both { get; } =
    [
        new("batch and reader", table => table.Insert('a', 1),
            Writer("writer", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 3))),
            Reader(table => { table.Read('a'); table.Read('x'); })),
        new("batch and reader the other way", table => { table.Insert('a', 1); table.Insert('x', 1); },
            Writer("writer", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 3))),
            Reader(table => { table.Read('x'); table.Read('a'); })),
        new("batch that deletes and reader", table => { table.Insert('a', 1); table.Insert('x', 1); },
            Writer("writer", table => table.Commit(batch => batch.Delete('a').Insert('b', 2).Delete('x'))),
            Reader(table => { table.Read('x'); table.Read('a'); table.Read('b'); })) { Preemptions = 2 },
        new("batch into a full bucket and reader", table => { table.Fill(6); table.Insert('a', 1); },
            Writer("writer", table => table.Commit(batch => batch.Insert('a', 2).Insert('b', 3))),
            Reader(table => { table.Read('b'); table.Read('a'); })) { Preemptions = 2 },
        new("batch after batch and reader", table => { table.Insert('a', 1); table.Insert('b', 1); },
            Writer("writer", table =>
            {
                table.Commit(batch => batch.Insert('a', 2).Insert('b', 2));
                table.Commit(batch => batch.Insert('a', 3).Insert('b', 3));
            }),
            Reader(table => { table.Read('a'); table.Read('b'); })) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("batch and scan", table => { table.Insert('a', 1); table.Insert('b', 1); },
            Writer("writer", table => table.Commit(batch => batch.Insert('a', 2).Delete('b').Insert('c', 2))),
            new Script("scanner", table => table.Scan())) { Preemptions = 2 },
        new("batch and batch over crossing keys", table => { table.Insert('a', 1); table.Insert('x', 1); },
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 2))),
            Writer("second", table => table.Commit(batch => batch.Insert('x', 3).Insert('a', 3)))) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("batch of counters and batch of counters", table => { table.Count('a', 1); table.Count('x', 1); },
            Writer("first", table => table.Commit(batch => batch.Count('a', 2).Count('x', 2))),
            Writer("second", table => table.Commit(batch => batch.Count('x', 3).Count('a', 3)))) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("batch and insert of one of its keys", table => table.Insert('a', 1),
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('b', 2))),
            Writer("second", table => table.Insert('b', 3))) { Preemptions = 2 },
        new("batch and delete of one of its keys", table => { table.Insert('a', 1); table.Insert('b', 1); },
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('b', 2))),
            Writer("second", table => table.Delete('a'))) { Preemptions = 2 },
        new("batch and insert beside it", table => { table.Fill(6); table.Insert('a', 1); },
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('b', 2))),
            Writer("second", table => table.Insert('c', 3))) { Preemptions = 2 },
        new("batch if all are new and insert", _ => { },
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('b', 2), onlyIfAllNew: true)),
            Writer("second", table => table.Insert('b', 3))) { Preemptions = 2 },
        new("batch if all are new, twice", _ => { },
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 2), onlyIfAllNew: true)),
            Writer("second", table => table.Commit(batch => batch.Insert('x', 3).Insert('a', 3), onlyIfAllNew: true))) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("batch, insert and reader", table => { table.Insert('a', 1); table.Insert('b', 1); },
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('b', 2))),
            Writer("second", table => table.Insert('b', 3)),
            Reader(table => { table.Read('b'); table.Read('a'); })) { Preemptions = 1, PreemptionsWithKills = 0 },
    ];
}
