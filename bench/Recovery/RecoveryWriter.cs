using System.Globalization;
using EtsPersist.Mmf.Bench.Contenders;
using EtsPersist.Mmf.Bench.Rows;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Bench.Recovery;

/// <summary>The writer's program: owns the table and writes at random rows until it is killed.</summary>
internal static class RecoveryWriter
{
    /// <summary>The hidden command that runs it: path, epoch, rows, what to do.</summary>
    public const string Command = "recovery-writer";

    public const string WritingNow = "writing";
    private const int BatchSize = 100;
    private const int WritesBeforeSayingSo = 20_000;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var (path, epoch) = (arguments[0], uint.Parse(arguments[1], CultureInfo.InvariantCulture));
        var rows = long.Parse(arguments[2], CultureInfo.InvariantCulture);
        var killedIn = Enum.Parse<KilledIn>(arguments[3]);
        new Thread(EndWithInput) { IsBackground = true }.Start();
        using var table = OwnedTable.Accept<long, long>(TableFile.Open(path, writable: true), epoch, () => { });
        var random = new Random();
        var batch = table.CreateBatch();
        for (var written = 0L; ; written++)
        {
            if (killedIn == KilledIn.Operations)
                Write(table, KeySequence.Number(random.NextInt64(rows)));
            else
                WriteBatch(table, batch, random, rows);
            if (written == WritesBeforeSayingSo / (killedIn == KilledIn.Operations ? 1 : BatchSize))
                Console.WriteLine(WritingNow);
        }
    }

    /// <summary>A counter in place, and a row that goes and comes back.</summary>
    private static void Write(EtsTable<long, long> table, long key)
    {
        table.UpdateCounter(key, 1, initial: 0);
        table.Delete(key);
        table.InsertNew(key, 1);
    }

    private static void WriteBatch(EtsTable<long, long> table, EtsBatch<long, long> batch, Random random, long rows)
    {
        batch.Clear();
        for (var operation = 0; operation < BatchSize; operation++)
            batch.UpdateCounter(KeySequence.Number(random.NextInt64(rows)), 1, initial: 0);
        table.Commit(batch);
    }

    private static void EndWithInput()
    {
        while (Console.In.Read() >= 0)
            continue;
        Environment.Exit(0);
    }
}
