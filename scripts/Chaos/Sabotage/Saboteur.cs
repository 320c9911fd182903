using WordCount;

namespace EtsPersist.Mmf.Chaos;

/// <summary>A worker in the sample's place that breaks one guarantee at every kill.</summary>
internal sealed class Saboteur(SabotageKind kind, WordCountOptions options)
{
    /// <summary>The command by which the driver starts itself as a saboteur.</summary>
    public const string Command = "sabotage";

    /// <summary>The line that makes a saboteur break its guarantee and die.</summary>
    public const string DieOrder = "die";

    private readonly SaboteurOrders _orders = new();
    private readonly WordCounter _counter = new();

    /// <summary>Works like the sample until it is told to die, or to end with the pass.</summary>
    public async Task RunAsync()
    {
        using var text = new TextFile(options.Input);
        using var journal = new BatchJournal(options.Journal!);
        var patient = TimeSpan.FromSeconds(30);
        var manager = new EtsWorkerOptions { Instance = options.Instance, Directory = options.Directory, ConnectTimeout = patient };
        await using var worker = await EtsWorker.ConnectAsync("wordcount", manager);
        journal.Waiting();
        var asCreated = new EtsTableOptions { Access = Workspace.AccessFor(kind) };
        await using var table = await worker.OwnAsync<string, long>(Workspace.Table, asCreated);
        _orders.Work();
        await WorkAsync(text, journal, table);
    }

    private async Task WorkAsync(TextFile text, BatchJournal journal, EtsTable<string, long> table)
    {
        var epoch = table.Transfer!.Epoch;
        var position = table.TryGet(CountingLoop.PositionKey, out var stored) ? stored : 0;
        journal.Owned(epoch, position);
        for (var sequence = 1L; position % text.Length != 0 || !_orders.AfterPass; sequence++)
        {
            var piece = text.ReadPiece(position % text.Length, options.PieceSize);
            var next = position + piece.Length;
            _counter.Clear();
            _counter.Count(piece);
            var batch = table.CreateBatch();
            foreach (var (word, count) in _counter.Counts) batch.UpdateCounter(word, count, 0);

            var dies = _orders.Die && sequence > 1;
            if (dies && kind == SabotageKind.DoubleOwners) await WriteAfterReleaseAsync(table, journal, epoch, sequence, position);
            journal.Began(epoch, sequence, next);
            if (dies && kind == SabotageKind.Lost) journal.Acknowledged(epoch, sequence, next);
            if (dies && kind == SabotageKind.Lost) SaboteurOrders.DieNow();
            if (kind == SabotageKind.Torn)
            {
                table.Commit(batch);
                batch.Clear();
            }
            if (dies && kind == SabotageKind.Torn) SaboteurOrders.DieNow();
            table.Commit(batch.Insert(CountingLoop.PositionKey, next));
            journal.Acknowledged(epoch, sequence, next);
            position = next;
        }
    }

    /// <summary>Gives the table up, and writes to it all the same once the successor has.</summary>
    private async Task WriteAfterReleaseAsync(EtsTable<string, long> table, BatchJournal journal, uint epoch, long sequence, long position)
    {
        var place = new EtsOpenOptions { Instance = options.Instance, Directory = options.Directory };
        using var intruder = EtsTable.Open<string, long>(Workspace.Table, place);
        await table.DisposeAsync();
        while (!intruder.TryGet(CountingLoop.PositionKey, out var reached) || reached == position) Thread.Sleep(1);

        var batch = intruder.CreateBatch();
        foreach (var (word, count) in _counter.Counts) batch.UpdateCounter(word, count, 0);
        journal.Began(epoch, sequence, position);
        intruder.Commit(batch);
        journal.Acknowledged(epoch, sequence, position);
        SaboteurOrders.DieNow();
    }
}
