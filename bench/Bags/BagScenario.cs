using EtsPersist.Mmf.Bench.CommandLine;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Bench.Reporting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Bags;

/// <summary>
/// What the rows under a key cost: of very many the last ones against the first; of a few, inserts and lookups against an ordered table that has the same
/// rows under keys of their own.
/// </summary>
internal sealed class BagScenario(BenchmarkOptions options, TableDirectory directory, IReport report)
{
    public const string Name = "bag";
    private const int ManyRows = 100_000;
    private const int FewRows = 4;
    private const int Thousand = 1_000;
    private const int RoundsThatDoNotCount = 2;

    public void Run()
    {
        foreach (var (kind, name) in (ReadOnlySpan<(TableKind, string)>)[(TableKind.Bag, "bag"), (TableKind.DuplicateBag, "dup-bag")])
        {
            CompareLastWithFirst(kind, name);
            CompareFew(kind, name);
        }
    }

    /// <summary>The last thousand of a hundred thousand rows under one key, against the first thousand.</summary>
    private void CompareLastWithFirst(TableKind kind, string name)
    {
        var rounds = new ComparisonRounds();
        for (var round = -RoundsThatDoNotCount; round < options.RoundsFor(ManyRows); round++)
        {
            Quiet.Collect();
            using var table = new TimedRows(directory, kind);
            var first = table.Insert(0, Thousand, UnderOneKey);
            table.Insert(Thousand, ManyRows - (2 * Thousand), UnderOneKey);
            var last = table.Insert(ManyRows - Thousand, Thousand, UnderOneKey);
            Require(table, ManyRows);
            if (round >= 0)
                rounds.Add(last, first);
        }
        report.Add(rounds.Result($"{name}-last", RowTypes.Numbers, ManyRows, "the first thousand inserts under the same key"));
    }

    /// <summary>A few rows a key, the keys in random order.</summary>
    private void CompareFew(TableKind kind, string name)
    {
        var (inserts, lookups) = (new ComparisonRounds(), new ComparisonRounds());
        var keys = KeySet<long>.Make(ManyRows / FewRows, KeySequence.Number);
        for (var round = -RoundsThatDoNotCount; round < options.RoundsFor(ManyRows); round++)
        {
            Quiet.Collect();
            using var bag = new TimedRows(directory, kind);
            using var ordered = new TimedRows(directory, TableKind.OrderedSet);
            var bagInsert = bag.Insert(0, ManyRows, number => (keys.Inserted[number % keys.Inserted.Length], number));
            var orderedInsert = ordered.Insert(0, ManyRows, number => (Scattered(number), number));
            var bagLookup = bag.Lookup(keys.Visited.Length, number => keys.Visited[number], FewRows);
            var orderedLookup = ordered.Lookup(ManyRows, number => Scattered(number), 1);
            Require(bag, ManyRows);
            Require(ordered, ManyRows);
            if (round < 0)
                continue;
            inserts.Add(bagInsert, orderedInsert);
            lookups.Add(bagLookup, orderedLookup);
        }
        report.Add(inserts.Result($"{name}-insert", RowTypes.Numbers, ManyRows, $"an ordered table's inserts; {FewRows} rows a key here, 1 there"));
        report.Add(lookups.Result($"{name}-lookup", RowTypes.Numbers, ManyRows, $"an ordered table's lookups; {FewRows} rows each here, 1 there"));
    }

    private static (long Key, long Value) UnderOneKey(long number) => (42, number);

    /// <summary>A number of its own for each number, far from those of its neighbours.</summary>
    private static long Scattered(long number) => number * unchecked((long)0x9E37_79B9_7F4A_7C15);

    private static void Require(TimedRows table, long rows)
    {
        if (table.Count != rows)
            throw new InvalidOperationException($"{rows} rows were inserted and the table counts {table.Count}.");
    }
}
