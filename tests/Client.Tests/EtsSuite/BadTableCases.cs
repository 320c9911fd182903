namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>Every operation on a table that is gone, closed or another's.</summary>
public sealed class BadTableCases : KindTests
{
    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "bad_table")]
    [Trait("ets_SUITE", "fold_badarg")]
    public void A_dropped_table_does_nothing_any_more(TableKind kind)
    {
        var tables = Create(kind);
        using var table = tables.Open<string, Item>();
        using var other = tables.Open<string, Item>();
        table.Insert("key", new Item(1, "text"));
        table.File.MarkDropped();
        RequireAnswers(nameof(TableDroppedException), table, TableOperation.Of(kind));
        RequireAnswers(nameof(TableDroppedException), other, TableOperation.Of(kind));
        Assert.Throws<TableDroppedException>(() => table.Pin());
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "bad_table")]
    public void A_closed_table_does_nothing_any_more(TableKind kind)
    {
        var table = Create(kind).Open<string, Item>();
        table.Insert("key", new Item(1, "text"));
        table.Dispose();
        RequireAnswers(nameof(ObjectDisposedException), table, TableOperation.Of(kind));
        Assert.Throws<ObjectDisposedException>(() => table.Count);
        Assert.Throws<ObjectDisposedException>(() => table.Info());
        Assert.Throws<ObjectDisposedException>(() => table.Pin());
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "bad_table")]
    public void A_private_table_is_neither_read_nor_written_by_others(TableKind kind)
    {
        var tables = Create(kind, TableAccess.Private);
        using var owner = tables.Own<string, Item>();
        owner.Insert("key", new Item(1, "text"));
        using var other = tables.Open<string, Item>();
        RequireAnswers(nameof(TableAccessException), other, TableOperation.Of(kind).Where(operation => !operation.Writes));
        RequireRefused(other, TableOperation.Of(kind).Where(operation => operation.Writes));
        RequireUntouched(owner);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "bad_table")]
    public void A_protected_table_is_read_and_not_written_by_others(TableKind kind)
    {
        var tables = Create(kind, TableAccess.Protected);
        using var owner = tables.Own<string, Item>();
        owner.Insert("key", new Item(1, "text"));
        using var other = tables.Open<string, Item>();
        RequireAnswers("done", other, TableOperation.Of(kind).Where(operation => !operation.Writes));
        RequireAnswers(nameof(NotOwnerException), other, TableOperation.Of(kind).Where(operation => operation.Writes));
        RequireUntouched(owner);
    }

    private static void RequireAnswers(string expected, EtsTable<string, Item> table, IEnumerable<TableOperation> operations)
    {
        var answers = operations.Select(operation => (operation.Name, Answer: AnswerOf(operation, table))).ToList();
        Assert.Equal(answers.Select(answer => (answer.Name, expected)), answers);
    }

    /// <summary>Who may neither read nor write is told one of the two; which of them is looked at first is nobody's concern.</summary>
    private static void RequireRefused(EtsTable<string, Item> table, IEnumerable<TableOperation> operations)
    {
        string[] refusals = [nameof(TableAccessException), nameof(NotOwnerException)];
        Assert.All(operations, operation => Assert.Contains(AnswerOf(operation, table), refusals));
    }

    private static string AnswerOf(TableOperation operation, EtsTable<string, Item> table) =>
        Record.Exception(() => operation.Run(table))?.GetType().Name ?? "done";

    private static void RequireUntouched(EtsTable<string, Item> table) => Assert.Equal([new("key", new Item(1, "text"))], table.ToList());
}
