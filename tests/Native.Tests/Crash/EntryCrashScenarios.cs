using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>The scenarios of tables whose rows are entries in the buckets: keys and values of 8 bytes.</summary>
internal static class EntryCrashScenarios
{
    private const int Bits = TableGeometry.InitialLevel;

    public static IReadOnlyList<CrashScenario> All { get; } =
    [
        New("insert into an empty table", _ => { }, table => table.Insert("row    a", "value  a")),
        New("insert into the last free lane", table => Fill(table, 6), table => table.Insert(Key(table, 20), "value  a")),
        New("insert into a full bucket", table => Fill(table, 7), table => table.Insert(Key(table, 20), "value  a")),
        New("insert into an overflow bucket", table => Fill(table, 9), table => table.Insert(Key(table, 20), "value  a")),
        New("insert into a full chain", table => Fill(table, 14), table => table.Insert(Key(table, 20), "value  a")),
        New("insert into a lane of a deleted row", Deleted, table => table.Insert(Key(table, 20), "value  a")),
        New("replace", table => Fill(table, 3), table => table.Insert(Key(table, 1), "replaced")),
        New("replace in an overflow bucket", table => Fill(table, 12), table => table.Insert(Key(table, 10), "replaced")),
        New("delete", table => Fill(table, 3), table => table.Delete(Key(table, 1))),
        New("delete what is not there", table => Fill(table, 3), table => table.Delete(Key(table, 20))),
        New("delete in an overflow bucket", table => Fill(table, 12), table => table.Delete(Key(table, 10))),
        New("counter", table => table.Count("row    a", 5), table => table.Count("row    a", 7)),
        New("counter that begins", _ => { }, table => table.Count("row    a", 7)),
        New("split of a bucket whose rows part", table => Fill(table, 6), table => table.SplitNext()),
        New("split of an empty bucket", _ => { }, table => table.SplitNext()),
        New("split of a bucket with overflow", table => Fill(table, 20), table => table.SplitNext()),
        New("split that needs an overflow bucket for the partner", table => Moving(table, 9), table => table.SplitNext()),
        New("split that needs three overflow buckets for the partner", table => Moving(table, 25), table => table.SplitNext()),
        New("split from which nothing moves", table => Staying(table, 16), table => table.SplitNext()),
        New("batch of one row", table => Fill(table, 3), table => table.Commit(plan => Add(plan, "row    a"))),
        New("batch into one bucket", table => Fill(table, 3), table => table.Commit(plan => Add(plan, Key(table, 20), Key(table, 21), Key(table, 1)))),
        New("batch into a full bucket", table => Fill(table, 7), table => table.Commit(plan => Add(plan, Key(table, 20), Key(table, 21)))),
        New("batch that fills two overflow buckets", table => Fill(table, 7), table => table.Commit(plan => Add(plan, [.. Enumerable.Range(20, 9).Select(number => Key(table, number))]))),
        New("batch into an overflow bucket", table => Fill(table, 9), table => table.Commit(plan => Add(plan, Key(table, 20), Key(table, 8)))),
        New("batch that deletes", table => Fill(table, 9), table => table.Commit(plan => Delete(plan, Key(table, 1), Key(table, 8), Key(table, 30)))),
        New("batch that counts", table => table.Count("row    a", 1), table => table.Commit(Count)),
        New("batch of everything", table => Fill(table, 8), table => table.Commit(plan => Everything(table, plan))),
        New("insert into a full bucket when used blocks are at hand", table => { Used(table); Fill(table, 7); }, table => table.Insert(Key(table, 20), "value  a")),
        New("split that needs an overflow bucket when used blocks are at hand", table => { Used(table); Moving(table, 9); }, table => table.SplitNext()),
        New("batch and the same again", table => Fill(table, 3), table => { Twice(table); Twice(table); }),
        New("batch into buckets of which one is full", table => Fill(table, 7), table => table.Commit(plan => Add(plan, "row    a", "row    c", Key(table, 20), "row    d", "row    e", Key(table, 21), "row    f"))),
        New("batch that finds a key", table => Fill(table, 3), table => table.Commit(plan => Add(plan, Key(table, 20), "row    a", Key(table, 1)), onlyIfAllNew: true)),
        New("batch that requires what is not so", table => Fill(table, 9), table => table.Commit(plan => Refused(table, plan))),
        New("compare and exchange", table => Fill(table, 12), table => table.CompareExchange(Key(table, 10), Value(table, 10), "replaced")),
        New("compare and exchange of what is something else", table => Fill(table, 12), table => table.CompareExchange(Key(table, 10), "replaced", "replaced")),
        New("delete an object", table => Fill(table, 12), table => table.DeleteObject(Key(table, 10), Value(table, 10))),
        New("delete an object that is another", table => Fill(table, 12), table => table.DeleteObject(Key(table, 10), "replaced")),
        New("delete all", table => Fill(table, 16), table => table.ReplaceAll(_ => { })),
        New("replace all", table => Fill(table, 9), table => table.ReplaceAll(plan => Add(plan, Key(table, 3), Key(table, 20)))),
    ];

    private static CrashScenario New(string name, Action<CrashTable> prepare, Action<CrashTable> operation) =>
        new($"entries: {name}", prepare, operation) { Format = RowFormat.Entries(8, 8) };

    private static string Key(CrashTable table, int number) => table.KeysOfBucket(0, Bits).ElementAt(number);

    private static string Value(CrashTable table, int number) => $"v{Key(table, number)[1..]}";

    private static void Fill(CrashTable table, int rows) => InsertAll(table, table.KeysOfBucket(0, Bits).Take(rows));

    private static void Moving(CrashTable table, int rows) => InsertAll(table, table.KeysOfBucket(1UL << Bits, Bits + 1).Take(rows));

    private static void Staying(CrashTable table, int rows) => InsertAll(table, table.KeysOfBucket(0, Bits + 1).Take(rows));

    private static void InsertAll(CrashTable table, IEnumerable<string> keys)
    {
        foreach (var key in keys.ToArray())
            table.Insert(key, $"v{key[1..]}");
    }

    private static void Deleted(CrashTable table)
    {
        Fill(table, 7);
        table.Delete(Key(table, 3));
    }

    /// <summary>Batches take blocks of an overflow bucket's size and give them back.</summary>
    private static void Used(CrashTable table)
    {
        table.Commit(plan => Add(plan, "used   1", "used   2", "used   3"));
        table.Commit(plan => Delete(plan, "used   1", "used   2", "used   3"));
    }

    private static void Twice(CrashTable table) => table.Commit(plan => Add(plan, Key(table, 1), Key(table, 20)));

    private static void Add(BatchPlan plan, params string[] keys)
    {
        foreach (var key in keys)
            plan.Insert(CrashScenarios.Bytes(key), CrashScenarios.Bytes($"b{key[1..]}"));
    }

    private static void Delete(BatchPlan plan, params string[] keys)
    {
        foreach (var key in keys)
            plan.Delete(CrashScenarios.Bytes(key));
    }

    private static void Count(BatchPlan plan)
    {
        plan.UpdateCounter(CrashScenarios.Bytes("row    a"), 10, null);
        plan.UpdateCounter(CrashScenarios.Bytes("row    b"), 10, 100);
        plan.UpdateCounter(CrashScenarios.Bytes("row    a"), 1, null);
    }

    private static void Refused(CrashTable table, BatchPlan plan)
    {
        Add(plan, Key(table, 1), Key(table, 8), Key(table, 20));
        foreach (var row in (int[])[1, 8])
            plan.Require(CrashScenarios.Bytes(Key(table, row)), CrashScenarios.Bytes(Value(table, 1)));
        plan.RequireMissing(CrashScenarios.Bytes(Key(table, 20)));
    }

    private static void Everything(CrashTable table, BatchPlan plan)
    {
        Add(plan, Key(table, 0), Key(table, 20));
        Delete(plan, Key(table, 1), Key(table, 2));
        Add(plan, Key(table, 2));
        plan.UpdateCounter(CrashScenarios.Bytes(Key(table, 3)), 3, null);
        plan.UpdateCounter(CrashScenarios.Bytes(Key(table, 21)), 3, 4);
    }
}
