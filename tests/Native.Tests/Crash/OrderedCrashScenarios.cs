using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>The scenarios of ordered tables.</summary>
internal static class OrderedCrashScenarios
{
    private const int Full = TreeNode.Lanes;

    public static IReadOnlyList<CrashScenario> All { get; } =
    [
        New("insert into an empty table", _ => { }, table => table.Insert("a", "1")),
        New("insert in front of the others", table => Ascending(table, 6), table => table.Insert("a", "1")),
        New("insert between the others", table => Ascending(table, 6), table => table.Insert(Key(2) + "x", "1")),
        New("insert of a long value", table => Ascending(table, 6), table => table.Insert("a", new byte[3000])),
        New("insert of a long value into a full leaf", table => Ascending(table, Full), table => table.Insert("a", new byte[3000])),
        New("insert into the last free lane", table => Ascending(table, Full - 1), table => table.Insert("z", "1")),
        New("insert into a lane that a removal freed", Emptied, table => table.Insert("kk", "1")),
        New("replace by a value of another length", table => Ascending(table, 6), table => table.Insert(Key(3), "another value, longer")),
        New("replace a short value in place", table => table.Insert("a", new byte[8]), table => table.Insert("a", [1, 2, 3, 4, 5, 6, 7, 8])),
        New("replace a long value", table => table.Insert("a", new byte[2000]), table => table.Insert("a", new byte[2001])),
        New("delete", table => Ascending(table, 6), table => table.Delete(Key(3))),
        New("delete what is not there", table => Ascending(table, 6), table => table.Delete("x")),
        New("delete of a leaf's only row", Lonely, table => table.Delete(Key(Full))),
        New("take", table => Ascending(table, 6), table => table.Take(Key(3))),
        New("counter in place", table => table.Count("a", 5), table => table.Count("a", 7)),
        New("counter that begins", table => Ascending(table, 6), table => table.Count("a", 7)),
        New("counter that begins in a full leaf", table => Ascending(table, Full), table => table.Count("a", 7)),
        New("split of the first leaf in the middle", table => Ascending(table, Full), table => table.Insert(Key(7) + "x", "1")),
        New("split of the first leaf at its end", table => Ascending(table, Full), table => table.Insert("z", "1")),
        New("split of a leaf below a root", table => Ascending(table, 3 * Full), table => table.Insert(Key(7) + "x", "1")),
        New("split of a leaf whose keys are long", table => Long(table, Full), table => table.Insert(LongKey(7) + "x", "1")),
        New("split by a key of a node's size", table => Wide(table, Full), table => table.Insert(WideKey(7) + "x", "1")),
        New("split of the root at its end", FullRoot, table => table.Insert("z", "1")),
        New("split of the root in the middle", FullRoot, table => table.Insert(Key(7) + "x", "1")),
        New("split of an inner node below a root", DeepTree, table => table.Insert("z", "1")),
        New("split of the first leaf when used blocks are at hand", table => { table.UseBlocks(300); Ascending(table, Full); }, table => table.Insert(Key(7) + "x", "1")),
        New("batch and the same again", table => Ascending(table, 6), table => { Twice(table); Twice(table); }),
        New("insert that finds an entry left out", LeftOut, table => table.Insert("z", "1")),
        New("batch of one row", table => Ascending(table, 6), table => table.Commit(plan => Add(plan, "a"))),
        New("batch of new rows", table => Ascending(table, 6), table => table.Commit(plan => Add(plan, "a", "kk", "z"))),
        New("batch over several leaves", table => Ascending(table, 4 * Full), table => table.Commit(plan => Add(plan, "a", Key(20), Key(40) + "x", "z"))),
        New("batch that replaces", table => Ascending(table, 6), table => table.Commit(plan => Add(plan, Key(1), Key(2)))),
        New("batch that deletes", table => Ascending(table, 2 * Full), table => table.Commit(plan => Delete(plan, Key(1), "x", Key(20)))),
        New("batch that splits a leaf", table => Ascending(table, Full), table => table.Commit(plan => Add(plan, Key(7) + "x", "z"))),
        New("batch that splits one leaf twice", table => Ascending(table, Full), table => table.Commit(plan => Add(plan, [.. Enumerable.Range(0, Full).Select(row => Key(row) + "x")]))),
        New("batch that splits the root", FullRoot, table => table.Commit(plan => Add(plan, Key(7) + "x", "z"))),
        New("batch that counts", table => { table.Count("a", 1); table.Count("b", 2); }, table => table.Commit(Count)),
        New("batch of everything", table => Ascending(table, Full + 4), table => table.Commit(Everything)),
        New("batch that finds a key", table => Ascending(table, Full), table => table.Commit(plan => Add(plan, "x", "y", Key(2), Key(3) + "x"), onlyIfAllNew: true)),
        New("batch that requires what is not so", table => Ascending(table, 2 * Full), table => table.Commit(Refused)),
        New("compare and exchange in place", table => table.Insert("a", "12345678"), table => table.CompareExchange("a", "12345678", "abcdefgh")),
        New("compare and exchange by a long value", table => Ascending(table, 6), table => table.CompareExchange(Key(3), $"value of {Key(3)}", new string('x', 3000))),
        New("compare and exchange of what is something else", table => Ascending(table, 6), table => table.CompareExchange(Key(3), "x", "y")),
        New("delete an object", table => Ascending(table, 6), table => table.DeleteObject(Key(3), $"value of {Key(3)}")),
        New("delete an object that is another", table => Ascending(table, 6), table => table.DeleteObject(Key(3), "x")),
        New("delete all", table => Ascending(table, 2 * Full), table => table.ReplaceAll(_ => { })),
        New("replace all", table => Ascending(table, Full), table => table.ReplaceAll(plan => Add(plan, Key(3), Key(4) + "x", "z"))),
    ];

    private static CrashScenario New(string name, Action<CrashTable> prepare, Action<CrashTable> operation) =>
        new($"ordered: {name}", prepare, operation) { Format = RowFormat.Ordered, Kind = TableKind.OrderedSet };

    private static string Key(int number) => $"k{number:d4}";

    private static string LongKey(int number) => $"a prefix that all keys share {number:d4}";

    private static string WideKey(int number) => $"{number:d4}".PadLeft(300, 'w');

    private static void Ascending(CrashTable table, int rows) => InsertAll(table, Enumerable.Range(0, rows).Select(Key));

    private static void Long(CrashTable table, int rows) => InsertAll(table, Enumerable.Range(0, rows).Select(LongKey));

    private static void Wide(CrashTable table, int rows) => InsertAll(table, Enumerable.Range(0, rows).Select(WideKey));

    private static void InsertAll(CrashTable table, IEnumerable<string> keys)
    {
        foreach (var key in keys)
            table.Insert(key, $"value of {key}");
    }

    private static void Emptied(CrashTable table)
    {
        Ascending(table, 6);
        table.Delete(Key(3));
    }

    private static void Lonely(CrashTable table) => Ascending(table, Full + 1);

    /// <summary>Two levels, of which the root is full, and so are the first leaf and the last.</summary>
    private static void FullRoot(CrashTable table) => FirstAndLastLeaf(table, Full * Full);

    /// <summary>Three levels, of which the last inner node is full, and so is its last leaf.</summary>
    private static void DeepTree(CrashTable table) => FirstAndLastLeaf(table, ((Full - 1) * Full) + (Full * Full));

    private static void FirstAndLastLeaf(CrashTable table, int rows)
    {
        Ascending(table, rows);
        for (var row = Full; row < rows - Full; row++)
            table.Delete(Key(row));
    }

    /// <summary>A writer was killed between the first split and the root that it calls for.</summary>
    private static void LeftOut(CrashTable table)
    {
        Ascending(table, Full);
        table.Storage.Save();
        for (var store = 0; !table.LacksRoot; store++)
        {
            table.Storage.Restore();
            table.ReplaceProcess();
            table.TakeBackSlot();
            CrashPoint.Run(store, () => table.Insert("y", "1"));
            table.ReplaceProcess();
            table.SettleDead();
        }
        table.Attach();
    }

    private static void Twice(CrashTable table) => table.Commit(plan => Add(plan, Key(1), "kk"));

    private static void Add(BatchPlan plan, params string[] keys)
    {
        foreach (var key in keys)
            plan.Insert(CrashScenarios.Bytes(key), CrashScenarios.Bytes($"batch value of {key}"));
    }

    private static void Delete(BatchPlan plan, params string[] keys)
    {
        foreach (var key in keys)
            plan.Delete(CrashScenarios.Bytes(key));
    }

    private static void Count(BatchPlan plan)
    {
        plan.UpdateCounter(CrashScenarios.Bytes("a"), 10, null);
        plan.UpdateCounter(CrashScenarios.Bytes("c"), 10, 100);
        plan.UpdateCounter(CrashScenarios.Bytes("a"), 1, null);
    }

    private static void Refused(BatchPlan plan)
    {
        Add(plan, Key(1), Key(20), "x", "z");
        plan.Require(CrashScenarios.Bytes(Key(1)), CrashScenarios.Bytes($"value of {Key(1)}"));
        plan.RequireMissing(CrashScenarios.Bytes("x"));
        plan.Require(CrashScenarios.Bytes("z"), CrashScenarios.Bytes("x"));
    }

    private static void Everything(BatchPlan plan)
    {
        Add(plan, Key(0), Key(1) + "x");
        Delete(plan, Key(2), Key(Full + 3), Key(5));
        Add(plan, Key(5));
        plan.UpdateCounter(CrashScenarios.Bytes("n"), 3, 4);
    }
}
