using static EtsPersist.Mmf.Native.Tests.Interleavings.Script;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Operations on single rows.</summary>
internal static class RowScenarios
{
    /// <summary>In either format.</summary>
    public static IReadOnlyList<Scenario> Both { get; } =
    [
        new("insert and insert in one bucket", table => table.Insert('a', 1),
            Writer("first", table => table.Insert('b', 2)),
            Writer("second", table => table.Insert('c', 3))),
        new("insert and insert of one key", table => table.Insert('a', 1),
            Writer("first", table => table.Insert('b', 2)),
            Writer("second", table => table.Insert('b', 300))),
        new("insert and insert into the last lane", table => table.Fill(6),
            Writer("first", table => table.Insert('b', 2)),
            Writer("second", table => table.Insert('c', 300))),
        new("insert and delete of one key", table => table.Insert('a', 1),
            Writer("first", table => { table.Insert('a', 300); table.Insert('b', 2); }),
            Writer("second", table => { table.Delete('a'); table.Delete('b'); })),
        new("insert new and insert new", table => table.Insert('a', 1),
            Writer("first", table => table.InsertNew('b', 2)),
            Writer("second", table => table.InsertNew('b', 300))),
        new("take and take", table => table.Insert('a', 1),
            Writer("first", table => table.Take('a')),
            Writer("second", table => table.Take('a'))),
        new("take and insert", table => table.Insert('a', 1),
            Writer("first", table => { table.Take('a'); table.Take('a'); }),
            Writer("second", table => table.Insert('a', 300))),
        new("counter and counter", table => table.Count('a', 5),
            Writer("first", table => table.Count('a', 1)),
            Writer("second", table => table.Count('a', 2))),
        new("counter that begins and counter", _ => { },
            Writer("first", table => table.Count('a', 1)),
            Writer("second", table => table.Count('a', 2))),
        new("counter, counter and delete", table => table.Count('a', 5),
            Writer("first", table => table.Count('a', 1)),
            Writer("second", table => table.Count('a', 2)),
            Writer("third", table => table.Delete('a'))) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("insert, take and delete", table => table.Insert('a', 1),
            Writer("first", table => table.Insert('a', 300)),
            Writer("second", table => table.Take('a')),
            Writer("third", table => table.Delete('a'))) { Preemptions = 2, PreemptionsWithKills = 1 },
        new("insert and reader", table => table.Insert('a', 1),
            Writer("writer", table => table.Insert('b', 2)),
            Reader(table => { table.Read('b'); table.Read('b'); })),
        new("insert into a full bucket and reader of its last row", table => { table.Fill(6); table.Insert('a', 1); },
            Writer("writer", table => table.Insert('b', 2)),
            Reader(table => { table.Read('a'); table.Read('b'); })),
        new("replace and reader", table => table.Insert('a', 1),
            Writer("writer", table => table.Insert('a', 300)),
            Reader(table => { table.Read('a'); table.Read('a'); })),
        new("replace in place and reader", table => table.Insert('a', 1),
            Writer("writer", table => table.Insert('a', 2)),
            Reader(table => { table.Read('a'); table.Read('a'); })),
        new("replace, replace and reader", table => table.Insert('a', 1),
            Writer("first", table => table.Insert('a', 300)),
            Writer("second", table => table.Insert('a', 400)),
            Reader(table => { table.Read('a'); table.Read('a'); })) { Preemptions = 2 },
        new("delete and reader", table => { table.Fill(8); table.Insert('a', 1); },
            Writer("writer", table => table.Delete('a')),
            Reader(table => { table.Read('a'); table.Read('a'); })),
        new("a block that comes back under the same reference, and reader", table => table.Insert('a', 1),
            Writer("writer", table => { table.Delete('a'); table.Insert('b', 2); table.Delete('b'); table.Insert('a', 3); }),
            Reader(table => table.Read('a'))) { Preemptions = 3 },
        new("writes and scan", table => { table.Fill(6); table.Insert('a', 1); },
            Writer("writer", table => { table.Insert('b', 2); table.Insert('a', 300); table.Delete('b'); }),
            new Script("scanner", table => table.Scan())),
        new("refill and refill", _ => { },
            Writer("first", table => table.Insert('a', 1)),
            Writer("second", table => table.Insert('b', 2))) { IsCold = true },
    ];

    /// <summary>In a table of records alone.</summary>
    public static IReadOnlyList<Scenario> OfRecords { get; } =
    [
        new("replace a long value and reader", table => table.Insert('a', 1000),
            Writer("writer", table => table.Insert('a', 2000)),
            Reader(table => { table.Read('a'); table.Read('a'); })),
        new("a block of a long value that comes back, and reader", table => table.Insert('a', 1000),
            Writer("writer", table => { table.Insert('a', 2000); table.Insert('b', 3000); table.Insert('a', 1); }),
            Reader(table => table.Read('a'))),
        new("giving a bundle and taking one", table => { table.Insert('a', Values.Huge); table.Insert('b', Values.Huge + 1); table.Delete('a'); },
            Writer("giver", table => table.Delete('b')),
            Writer("taker", table => table.Insert('c', Values.Huge + 2))) { Preemptions = 2, PreemptionsWithKills = 1 },
    ];
}
