using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>The scenarios of bags: those in which the kinds differ, or where much happens, of both, the others of one.</summary>
internal static class BagCrashScenarios
{
    private const int Full = TreeNode.Lanes;

    private static readonly (string Name, Action<CrashTable> Prepare, Action<CrashTable> Operation)[] InBothKinds =
    [
        ("insert into an empty table", _ => { }, table => table.Insert("a", "1")),
        ("insert under a key that has rows", table => Add(table, "a", 3), table => table.Insert("a", "another")),
        ("insert of an object that is there", table => Add(table, "a", 3), table => table.Insert("a", Value(1))),
        ("insert of a list", table => Add(table, "a", 3), table => table.Commit(plan => Insert(plan, "a", "b", "a", "c", "b"))),
        ("delete of a key with many rows", table => { Add(table, "a", 2 * Full); Add(table, "b", 3); }, table => table.Delete("a")),
        ("delete of an object that was inserted twice", Twice, table => table.DeleteObject("a", Value(1))),
        ("batch of everything", table => { Add(table, "a", 4); Add(table, "b", 2); Add(table, "c", 1); }, table => table.Commit(Everything)),
        ("replace all", table => { Add(table, "a", Full); Add(table, "b", 3); Add(table, "c", 1); }, table => table.ReplaceAll(plan => Insert(plan, "b", "d", "b"))),
    ];

    private static readonly (string Name, Action<CrashTable> Prepare, Action<CrashTable> Operation)[] InOneKind =
    [
        ("insert under a new key", table => Add(table, "b", 3), table => table.Insert("a", "1")),
        ("insert of a long object", table => Add(table, "a", 3), table => table.Insert("a", new byte[3000])),
        ("insert into a full leaf", table => Add(table, "a", Full - 1), table => table.Insert("a", "another")),
        ("insert of a new key into a full leaf", table => Add(table, "b", Full - 1), table => table.Insert("a", "1")),
        ("insert new", table => Add(table, "b", 3), table => table.InsertNew("a", "1")),
        ("insert new under a key that has rows", table => Add(table, "a", 3), table => table.InsertNew("a", "another")),
        ("insert after all rows were deleted", Emptied, table => table.Insert("a", "another")),
        ("insert of a list that splits leaves", table => Add(table, "a", Full - 2), table => table.Commit(plan => Insert(plan, [.. Enumerable.Repeat("a", Full), "b", "c"]))),
        ("insert of a list if all are new", table => Add(table, "b", 3), table => table.Commit(plan => Insert(plan, "a", "c", "a"), onlyIfAllNew: true)),
        ("insert of a list that finds a key", table => Add(table, "c", 3), table => table.Commit(plan => Insert(plan, "a", "b", "c"), onlyIfAllNew: true)),
        ("delete of a key with one row", table => Add(table, "a", 1), table => table.Delete("a")),
        ("delete of a key that is not there", table => Add(table, "b", 3), table => table.Delete("a")),
        ("delete of an object", table => Add(table, "a", 5), table => table.DeleteObject("a", Value(2))),
        ("delete of the last object", table => { Add(table, "a", 1); Add(table, "b", 2); }, table => table.DeleteObject("a", Value(0))),
        ("delete of an object that is not there", table => Add(table, "a", 3), table => table.DeleteObject("a", "another")),
        ("take", table => { Add(table, "a", 5); Add(table, "b", 3); }, table => table.Take("a")),
        ("delete all", table => { Add(table, "a", Full); Add(table, "b", 3); Add(table, "c", 1); }, table => table.ReplaceAll(_ => { })),
    ];

    public static IReadOnlyList<CrashScenario> All { get; } =
    [
        .. Of(TableKind.Bag, "bag", InBothKinds),
        .. Of(TableKind.Bag, "bag", InOneKind),
        .. Of(TableKind.DuplicateBag, "duplicate bag", InBothKinds),
    ];

    private static IEnumerable<CrashScenario> Of(
        TableKind kind, string name, (string Name, Action<CrashTable> Prepare, Action<CrashTable> Operation)[] scenarios) => scenarios.Select(scenario =>
        new CrashScenario($"{name}: {scenario.Name}", scenario.Prepare, scenario.Operation) { Format = RowFormat.Ordered, Kind = kind });

    private static string Value(int number) => $"value {number}";

    private static void Add(CrashTable table, string key, int rows)
    {
        for (var row = 0; row < rows; row++)
            table.Insert(key, Value(row));
    }

    private static void Emptied(CrashTable table)
    {
        Add(table, "a", 3);
        table.Delete("a");
    }

    private static void Twice(CrashTable table)
    {
        Add(table, "a", 3);
        Add(table, "a", 2);
    }

    private static void Insert(BatchPlan plan, params string[] keys)
    {
        foreach (var key in keys)
            plan.Insert(CrashScenarios.Bytes(key), CrashScenarios.Bytes($"batch value {plan.Count}"));
    }

    private static void Everything(BatchPlan plan)
    {
        Insert(plan, "a", "b", "d");
        plan.DeleteObject(CrashScenarios.Bytes("a"), CrashScenarios.Bytes(Value(1)));
        plan.Delete(CrashScenarios.Bytes("b"));
        plan.DeleteObject(CrashScenarios.Bytes("a"), CrashScenarios.Bytes("batch value 0"));
        plan.DeleteObject(CrashScenarios.Bytes("c"), CrashScenarios.Bytes(Value(0)));
        Insert(plan, "b", "e", "a");
        plan.Delete(CrashScenarios.Bytes("e"));
    }
}
