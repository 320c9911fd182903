using static EtsPersist.Mmf.Native.Tests.Interleavings.Script;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Writers and readers of one key of a bag, or of two. Objects are digits.</summary>
internal static class BagScenarios
{
    /// <summary>In either kind.</summary>
    public static IReadOnlyList<Scenario> Both { get; } =
    [
        new("insert and insert", table => table.Insert('a', 1),
            Writer("first", table => table.Insert('a', 2)),
            Writer("second", table => table.Insert('a', 3))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("insert and insert of one object", table => table.Insert('a', 1),
            Writer("first", table => table.Insert('a', 2)),
            Writer("second", table => table.Insert('a', 2))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("insert and insert of a new key", _ => { },
            Writer("first", table => table.Insert('a', 2)),
            Writer("second", table => table.Insert('a', 3))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("insert new and insert new", table => table.Insert('b', 1),
            Writer("first", table => table.InsertNew('a', 2)),
            Writer("second", table => table.InsertNew('a', 3))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("insert and delete", table => { table.Insert('a', 1); table.Insert('a', 2); },
            Writer("first", table => table.Insert('a', 3)),
            Writer("second", table => table.Delete('a'))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("insert and delete of the only object", table => table.Insert('a', 1),
            Writer("first", table => table.Insert('a', 1)),
            Writer("second", table => table.DeleteObject('a', 1))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("take and take", table => { table.Insert('a', 1); table.Insert('a', 2); },
            Writer("first", table => table.Take('a')),
            Writer("second", table => table.Take('a'))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("insert and reader", table => { table.Insert('a', 1); table.Insert('a', 2); },
            Writer("writer", table => table.Insert('a', 3)),
            Reader(table => { table.Read('a'); table.Read('a'); })) { Preemptions = 1, PreemptionsWithKills = 1 },
        new("insert of a list and reader", table => { table.Insert('a', 1); table.Insert('x', 1); },
            Writer("writer", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 3).Insert('a', 4))),
            Reader(table => { table.Read('x'); table.Read('a'); })) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("delete and reader", table => { table.Insert('a', 1); table.Insert('a', 2); table.Insert('a', 3); },
            Writer("writer", table => table.Delete('a')),
            Reader(table => { table.Read('a'); table.Read('a'); })) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("deletes, insert and reader", table => { table.Insert('a', 1); table.Insert('a', 2); table.Insert('a', 3); },
            Writer("writer", table => { table.DeleteObject('a', 1); table.DeleteObject('a', 2); table.Insert('a', 1); }),
            Reader(table => table.Read('a'))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("take, insert and reader", table => { table.Insert('a', 1); table.Insert('a', 2); },
            Writer("first", table => table.Take('a')),
            Writer("second", table => table.Insert('a', 3)),
            Reader(table => table.Read('a'))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("list and list over crossing keys", table => { table.Insert('a', 1); table.Insert('x', 1); },
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 2))),
            Writer("second", table => table.Commit(batch => batch.Delete('x').Insert('a', 3)))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("list if all are new, twice", _ => { },
            Writer("first", table => table.Commit(batch => batch.Insert('a', 2).Insert('x', 2), onlyIfAllNew: true)),
            Writer("second", table => table.Commit(batch => batch.Insert('x', 3).Insert('a', 3), onlyIfAllNew: true))) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("list and scan", table => { table.Insert('a', 1); table.Insert('b', 1); },
            Writer("writer", table => table.Commit(batch => batch.Insert('a', 2).DeleteObject('b', 1).Insert('c', 2))),
            new Script("scanner", table => table.Scan())) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("insert that splits a leaf and reader", table => { table.Fill(6); table.Insert('a', 1); table.Insert('a', 2); },
            Writer("writer", table => table.Insert('a', 3)),
            Reader(table => { table.Read('a'); table.Read('a'); })) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("killed insert, writer of the same key and recoverer", table => table.Insert('a', 1),
            Writer("killed", table => table.Insert('a', 2)),
            Survivor("writer", table => table.Insert('a', 3)),
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 0 },
        new("killed delete, reader and recoverer", table => { table.Insert('a', 1); table.Insert('a', 2); },
            Writer("killed", table => table.Delete('a')),
            Reader(table => { table.Read('a'); table.Read('a'); }),
            Recoverer("recoverer")) { Preemptions = 1, PreemptionsWithKills = 0 },
    ];

    /// <summary>A writer that nobody kills.</summary>
    private static Script Survivor(string name, Action<ActorTable> run) => new(name, run) { HasSlot = true };
}
