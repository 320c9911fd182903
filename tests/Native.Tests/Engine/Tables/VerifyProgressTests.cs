using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class VerifyProgressTests
{
    private const int Rows = 5_000;

    [Theory]
    [InlineData(TableKind.Set, false)]
    [InlineData(TableKind.Set, true)]
    [InlineData(TableKind.OrderedSet, false)]
    [InlineData(TableKind.Bag, false)]
    public void The_progress_of_a_walk_rises_from_nothing_to_all_that_there_is(TableKind kind, bool isCompact)
    {
        using var table = Filled(kind, isCompact);
        var seen = new Reports();
        var report = table.File.Verify(seen);
        Assert.True(report.IsSound, report.ToString());
        Assert.Equal(Rows, report.Rows);
        Assert.InRange(seen.All.Count, 100, 1_100);
        Assert.Equal(0, seen.All[0].Bytes);
        Assert.Equal(seen.All.OrderBy(progress => progress.Bytes), seen.All);
        var total = Assert.Single(seen.All.Select(progress => progress.TotalBytes).Distinct());
        Assert.Equal(total, seen.All[^1].Bytes);
    }

    [Fact]
    public void A_table_without_rows_is_walked_to_its_end()
    {
        using var table = new TemporaryTable();
        var seen = new Reports();
        Assert.True(TableVerifier.Verify(table.Path, seen).IsSound);
        Assert.All(seen.All, progress => Assert.Equal(new VerifyProgress(0, 0), progress));
        Assert.NotEmpty(seen.All);
    }

    [Fact]
    public void A_walk_is_given_up_where_it_is()
    {
        using var table = Filled(TableKind.Set, isCompact: false);
        using var cancelling = new CancellationTokenSource();
        var seen = new Reports { AtHalf = cancelling.Cancel };
        Assert.Throws<OperationCanceledException>(() => table.File.Verify(seen, cancelling.Token));
        Assert.True(seen.All[^1].Bytes < seen.All[^1].TotalBytes);
    }

    private static TemporaryTable Filled(TableKind kind, bool isCompact)
    {
        var table = new TemporaryTable(kind: kind);
        if (isCompact)
            table.File.DecideRowFormat(sizeof(long), sizeof(long));
        for (var number = 0L; number < Rows; number++)
            table.File.Insert(Bytes(number), Bytes(number));
        return table;
    }

    private sealed class Reports : IProgress<VerifyProgress>
    {
        public List<VerifyProgress> All { get; } = [];

        public Action? AtHalf { get; init; }

        public void Report(VerifyProgress value)
        {
            All.Add(value);
            if (2 * value.Bytes > value.TotalBytes)
                AtHalf?.Invoke();
        }
    }
}
