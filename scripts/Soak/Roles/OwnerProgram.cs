using WordCount;

namespace EtsPersist.Mmf.Soak;

/// <summary>A worker: waits for the table, checks all of it, and writes rows and batches until it is killed, each recorded outside the table.</summary>
internal sealed class OwnerProgram(string root, string journalPath, string countersPath, Sabotage sabotage)
{
    /// <summary>The command by which the driver starts it.</summary>
    public const string Command = "owner";

    private const int MostInBatch = 8;
    private const int OperationsBeforeSabotage = 200;

    /// <summary>Runs until it is killed, or the driver is gone.</summary>
    public async Task RunAsync()
    {
        using var journal = new BatchJournal(journalPath);
        using var counters = SharedCounters.Open(countersPath);
        using var shifts = new Shifts(counters, Crew.Workers);
        shifts.ObeyTheDriver();
        var manager = new EtsWorkerOptions { Directory = root, Instance = SoakFolder.Instance, ConnectTimeout = TimeSpan.FromMinutes(1) };
        await using var worker = await EtsWorker.ConnectAsync(OwnedRows.Role, manager);
        journal.Waiting();
        var access = sabotage == Sabotage.DoubleOwners ? TableAccess.Public : TableAccess.Protected;
        await using var table = await worker.OwnAsync<string, byte[]>(OwnedRows.Table, new EtsTableOptions { Access = access });
        var epoch = table.Transfer!.Epoch;
        var highest = OwnedRows.Read(table);
        journal.Owned(epoch, highest);
        for (var sequence = 1L; sabotage != Sabotage.DoubleOwners || sequence < OperationsBeforeSabotage; sequence++)
        {
            while (!shifts.IsOn) shifts.AwaitNext();
            highest = Write(table, journal, epoch, sequence, highest);
            counters[Places.DoneByOwners]++;
        }
        await WriteAfterReleaseAsync(table, journal, epoch, highest);
    }

    private static long Write(EtsTable<string, byte[]> table, BatchJournal journal, uint epoch, long sequence, long highest)
    {
        var next = highest + (sequence % 2 == 0 ? 1 : 1 + (sequence % MostInBatch));
        journal.Began(epoch, sequence, next);
        if (next == highest + 1)
        {
            table.Insert(OwnedRows.KeyOf(next), OwnedRows.ValueOf(epoch, next));
        }
        else
        {
            var batch = table.CreateBatch();
            for (var number = highest + 1; number <= next; number++) batch.Insert(OwnedRows.KeyOf(number), OwnedRows.ValueOf(epoch, number));
            table.Commit(batch);
        }
        journal.Acknowledged(epoch, sequence, next);
        return next;
    }

    /// <summary>Gives the table up, and writes to it all the same once the successor has.</summary>
    private async Task WriteAfterReleaseAsync(EtsTable<string, byte[]> table, BatchJournal journal, uint epoch, long highest)
    {
        var place = new EtsOpenOptions { Directory = root, Instance = SoakFolder.Instance };
        using var intruder = EtsTable.Open<string, byte[]>(OwnedRows.Table, place);
        await table.DisposeAsync();
        while (!intruder.TryGet(OwnedRows.KeyOf(highest + 1), out var value) || !Stamp.TryRead(value, out _, out var number) || number <= highest)
            Thread.Sleep(1);

        journal.Began(epoch, 0, highest);
        intruder.Insert(OwnedRows.KeyOf(highest), OwnedRows.ValueOf(epoch, highest));
        journal.Acknowledged(epoch, 0, highest);
        Thread.Sleep(Timeout.Infinite);
    }
}
