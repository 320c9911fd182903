using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Operations;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// Fills a table until there is no space, checks that every earlier row is there, makes space by deleting and goes on inserting.
/// </summary>
/// <remarks>
/// Says <c>created capacity</c>, <c>full rows requested path</c>, <c>message</c>, <c>sound</c> or <c>unsound</c>, then <c>again rows</c>;
/// <c>enough rows</c> if <c>--rows</c> went in before the table was full.
/// </remarks>
internal sealed class FillCommand : IPeerCommand
{
    private const int ValueBytes = 1000;
    private const int RowsInAThousandRefused = 20;
    private static readonly byte[] CounterKey = "counter"u8.ToArray();
    private static readonly CounterFormat Counter = new(sizeof(long), IsSigned: true);

    private readonly byte[] _value = new byte[ValueBytes];

    public string Name => "fill";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        var path = arguments.Text("file");
        var capacity = arguments.LongNumber("capacity", TableFileOptions.DefaultMaximumBytes);
        using var table = File.Exists(path)
            ? TableFile.Open(path, writable: true)
            : TableFile.Create(path, "full", 1, new TableFileOptions { Access = TableAccess.Public, MaximumBytes = capacity });
        console.Say($"created {table.Capacity}");
        table.UpdateCounter(CounterKey, 1, 0, Counter);
        var most = arguments.LongNumber("rows", long.MaxValue);
        var rows = Fill(table, 0, most, out var full);
        if (full is null)
        {
            console.Say($"enough {rows}");
            return;
        }
        console.Say($"full {rows} {full.RequestedBytes} {full.Path}");
        console.Say($"message {full.Message}");
        RequireRows(table, 0, rows, []);
        RequireNothingOfABatch(table, rows);
        table.UpdateCounter(CounterKey, 1, 0, Counter); // in place: needs no space
        SayWhetherSound(table, console);

        for (var row = 0L; row < rows / 2; row++)
            table.Delete(KeyOf(row));
        var end = rows + (rows / 4);
        var refused = FillAgain(table, rows, end);
        console.Say($"again {end - rows - refused.Count}, without {refused.Count}");
        RequireRows(table, rows / 2, end, refused);
        SayWhetherSound(table, console);
    }

    /// <summary>Inserts rows until there are enough, or no more go in.</summary>
    private long Fill(TableFile table, long from, long to, out TableFullException? full)
    {
        full = null;
        for (var row = from; row < to; row++)
        {
            Stamp.Write(_value, 1, row);
            try
            {
                table.Insert(KeyOf(row), _value);
            }
            catch (TableFullException error)
            {
                full = error;
                return row;
            }
        }
        return to;
    }

    /// <summary>
    /// Inserts rows where others were deleted. A few need an overflow bucket, and what the deleted rows left are blocks of another size: these are
    /// refused, which <see cref="RowsInAThousandRefused"/> bounds.
    /// </summary>
    private HashSet<long> FillAgain(TableFile table, long from, long to)
    {
        var refused = new HashSet<long>();
        for (var row = from; row < to; row++)
        {
            Stamp.Write(_value, 1, row);
            try
            {
                table.Insert(KeyOf(row), _value);
            }
            catch (TableFullException)
            {
                refused.Add(row);
            }
        }
        if (refused.Count > (to - from) * RowsInAThousandRefused / 1000)
            throw new InvalidOperationException($"Half of the rows were deleted, but {refused.Count} rows of {to - from} do not go in again.");
        return refused;
    }

    private void RequireRows(TableFile table, long from, long to, HashSet<long> without)
    {
        for (var row = from; row < to; row++)
        {
            if (without.Contains(row))
                continue;
            var status = table.Read(KeyOf(row), _value, out var length);
            if (status != ReadStatus.Found || length != ValueBytes || !Stamp.TryRead(_value, out _, out var sequence) || sequence != row)
                throw new InvalidOperationException($"Row {row} of {to} is {status}, {length} bytes.");
        }
        var expected = to - from - without.Count + 1;
        if (table.Count != expected)
            throw new InvalidOperationException($"The table counts {table.Count} rows; {expected} are there.");
    }

    private void RequireNothingOfABatch(TableFile table, long rows)
    {
        var plan = new BatchPlan();
        plan.UpdateCounter(CounterKey, 1, 0);
        plan.Delete(KeyOf(0));
        for (var row = 0; row < 2000; row++)
            plan.Insert(KeyOf(rows + 1 + row), _value);
        try
        {
            table.Commit(plan);
            throw new InvalidOperationException("2000 rows went into a full table by one batch.");
        }
        catch (TableFullException)
        {
            RequireRows(table, 0, rows, []);
        }
    }

    private static void SayWhetherSound(TableFile table, PeerConsole console)
    {
        var report = table.Verify();
        if (report.IsSound)
            console.Say($"sound {report}");
        else
            console.Say($"unsound {report}");
    }

    private static byte[] KeyOf(long row) => RowKeys.Of("fill", 'r', row);
}
