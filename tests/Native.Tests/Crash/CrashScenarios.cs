using System.Text;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>Every kind of store that a writer makes, each in the states that change its path.</summary>
internal static class CrashScenarios
{
    private const int Bits = TableGeometry.InitialLevel;
    private const ulong Bucket = 0;

    public static IReadOnlyList<CrashScenario> All { get; } =
    [
        new("insert into an empty table", Nothing, table => table.Insert("a", "1")),
        new("insert with blocks at hand", Rows("b"), table => table.Insert("a", "1")),
        new("insert of a long value", Rows("b"), table => table.Insert("a", new byte[3000])),
        new("insert into the last free lane", table => Fill(table, Layout.Bucket.Lanes - 1), table => table.Insert(Key(table, 20), "1")),
        new("insert into a full bucket", table => Fill(table, Layout.Bucket.Lanes), table => table.Insert(Key(table, 20), "1")),
        new("insert into a full chain", table => Fill(table, 14), table => table.Insert(Key(table, 20), "1")),
        new("insert of a block of an overflow bucket's size into a full bucket", table => Fill(table, 7), table => table.Insert(Key(table, 20), new byte[44])),
        new("insert when a freed block is at hand", Freed, table => table.Insert("a", "12345678901234567890")),
        new("replace by a value of another length", Rows("a", "b"), table => table.Insert("a", "another value, longer")),
        new("replace a short value in place", table => table.Insert("a", new byte[8]), table => table.Insert("a", [1, 2, 3, 4, 5, 6, 7, 8])),
        new("replace a value of three bytes in place", table => table.Insert("a", "abc"), table => table.Insert("a", "xyz")),
        new("replace a long value", table => table.Insert("a", new byte[2000]), table => table.Insert("a", new byte[2001])),
        new("replace in an overflow bucket", table => Fill(table, 12), table => table.Insert(Key(table, 10), "another value, longer")),
        new("delete", Rows("a", "b"), table => table.Delete("a")),
        new("delete what is not there", Rows("b"), table => table.Delete("a")),
        new("delete in an overflow bucket", table => Fill(table, 12), table => table.Delete(Key(table, 10))),
        new("delete that fills the free list to its limit", NearlyABundle, table => table.Delete("row 63")),
        new("counter in place", table => table.Count("a", 5), table => table.Count("a", 7)),
        new("counter that begins", Rows("b"), table => table.Count("a", 7)),
        new("split of a bucket whose rows part", table => Spread(table, 6), table => table.SplitNext()),
        new("split of an empty bucket", Nothing, table => table.SplitNext()),
        new("split of a bucket with overflow", table => Spread(table, 13), table => table.SplitNext()),
        new("split that needs an overflow bucket for the partner", table => Moving(table, 9), table => table.SplitNext()),
        new("split that needs three overflow buckets for the partner", table => Moving(table, 24), table => table.SplitNext()),
        new("batch of one row", Rows("b"), table => table.Commit(plan => Add(plan, "a"))),
        new("batch of new rows", Rows("b"), table => table.Commit(plan => Add(plan, "a", "c", "d"))),
        new("batch that replaces", Rows("a", "b", "c"), table => table.Commit(plan => Add(plan, "a", "b"))),
        new("batch that deletes", Rows("a", "b", "c"), table => table.Commit(plan => { plan.Delete(Bytes("a")); plan.Delete(Bytes("x")); plan.Delete(Bytes("c")); })),
        new("batch that counts", table => { table.Count("a", 1); table.Count("b", 2); }, table => table.Commit(Counters)),
        new("batch of everything", Rows("a", "b", "c"), table => table.Commit(Everything)),
        new("batch into a full bucket", table => Fill(table, 7), table => table.Commit(plan => Add(plan, Key(table, 20), Key(table, 21)))),
        new("batch that finds a key", Rows("a"), table => table.Commit(plan => Add(plan, "x", "y", "z", "a"), onlyIfAllNew: true)),
        new("batch that requires what is not so", Rows("a", "b", "c"), table => table.Commit(Refused)),
        new("compare and exchange in place", table => table.Insert("a", "12345678"), table => table.CompareExchange("a", "12345678", "abcdefgh")),
        new("compare and exchange by a value of another length", Rows("a", "b"), table => table.CompareExchange("a", "value of a", "another value, longer")),
        new("compare and exchange by a long value", Rows("a", "b"), table => table.CompareExchange("a", "value of a", new string('x', 3000))),
        new("compare and exchange of what is something else", Rows("a", "b"), table => table.CompareExchange("a", "value of b", new string('x', 3000))),
        new("delete an object", Rows("a", "b"), table => table.DeleteObject("a", "value of a")),
        new("delete an object that is another", Rows("a", "b"), table => table.DeleteObject("a", "value of b")),
        new("delete all", table => { Fill(table, 9); Rows("a", "b", "c")(table); }, table => table.ReplaceAll(_ => { })),
        new("replace all", table => { Fill(table, 9); Rows("a", "b", "c")(table); }, table => table.ReplaceAll(plan => Add(plan, "b", "x"))),
        new("insert into a full bucket when used blocks are at hand", table => { Fill(table, 7); table.UseBlocks(44); }, table => table.Insert(Key(table, 20), "1")),
        new("insert when one block is left and two may be needed", table => table.LeaveOneBlock(44, SizeClasses.Bucket), table => table.Insert("a", new byte[44])),
        new("split that needs an overflow bucket when used blocks are at hand", table => { Moving(table, 9); table.UseBlocks(44); }, table => table.SplitNext()),
        new("split into a bucket that was filled before", SplitOnce, table => table.SplitNext()),
        new("split into a bucket that was filled before with more", FilledWithMore, table => table.SplitNext()),
        new("batch and the same again", Rows("a", "b"), table => { Twice(table); Twice(table); }),
        new("batch into buckets of which one is full", table => Fill(table, 7), table => table.Commit(plan => Add(plan, "a", "c", "d", "e", Key(table, 20), "f", "g"))),
        new("attach", table => table.ReplaceProcess(), table => table.Attach()),
        new("attach to a slot that was used before", table => { table.ReplaceProcess(); table.UseSlot(1); }, table => table.Attach()),
        new("detach", Rows("a"), table => table.Detach()),
    ];

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static void Nothing(CrashTable table) { }

    private static Action<CrashTable> Rows(params string[] keys) => table =>
    {
        foreach (var key in keys)
            table.Insert(key, $"value of {key}");
    };

    private static string Key(CrashTable table, int number) => table.KeysOfBucket(Bucket, Bits).ElementAt(number);

    private static void Fill(CrashTable table, int rows)
    {
        foreach (var key in table.KeysOfBucket(Bucket, Bits).Take(rows).ToArray())
            table.Insert(key, $"value of {key}");
    }

    private static void Freed(CrashTable table)
    {
        table.Insert("b", "12345678901234567890");
        table.Delete("b");
    }

    private static void NearlyABundle(CrashTable table)
    {
        for (var row = 0; row < 64; row++)
            table.Insert($"row {row}", "1");
        for (var row = 0; row < 63; row++)
            table.Delete($"row {row}");
    }

    private static void Spread(CrashTable table, int rows) => Fill(table, rows);

    private static void Moving(CrashTable table, int rows)
    {
        foreach (var key in table.KeysOfBucket(1UL << Bits, Bits + 1).Take(rows).ToArray())
            table.Insert(key, $"value of {key}");
    }

    private static void SplitOnce(CrashTable table)
    {
        const int FilledInPart = 16;
        Spread(table, 6);
        table.KillOnce(FilledInPart, table.SplitNext);
    }

    private static void FilledWithMore(CrashTable table)
    {
        const int FilledInPart = 15;
        table.UseBlocks(44);
        Moving(table, 5);
        table.KillOnce(FilledInPart, table.SplitNext);
        foreach (var key in table.KeysOfBucket(1UL << Bits, Bits + 1).Take(4).ToArray())
            table.Delete(key);
    }

    private static void Twice(CrashTable table) => table.Commit(plan => Add(plan, "a", "c"));

    private static void Add(BatchPlan plan, params string[] keys)
    {
        foreach (var key in keys)
            plan.Insert(Bytes(key), Bytes($"batch value of {key}"));
    }

    private static void Counters(BatchPlan plan)
    {
        plan.UpdateCounter(Bytes("a"), 10, null);
        plan.UpdateCounter(Bytes("c"), 10, 100);
        plan.UpdateCounter(Bytes("a"), 1, null);
    }

    private static void Refused(BatchPlan plan)
    {
        Add(plan, "a", "c", "d", "x");
        plan.Require(Bytes("a"), Bytes("value of a"));
        plan.Require(Bytes("c"), Bytes("value of a"));
        plan.RequireMissing(Bytes("x"));
    }

    private static void Everything(BatchPlan plan)
    {
        plan.Insert(Bytes("a"), Bytes("new"));
        plan.Delete(Bytes("b"));
        plan.UpdateCounter(Bytes("n"), 3, 4);
        plan.Insert(Bytes("b"), Bytes("again"));
        plan.Delete(Bytes("c"));
        plan.Insert(Bytes("d"), new byte[100]);
    }
}
