using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>Today's worker is served by a manager of version 1 of the protocol as far as that one goes, and told what to do where it goes no further.</summary>
public sealed class PreviousManagerTests
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private static readonly EtsTableOptions Options = new() { GiftData = new byte[] { 9 } };

    [Fact]
    public async Task A_worker_does_what_the_recorded_one_did()
    {
        await using var manager = new RecordedManager();
        var playing = manager.PlayAsync(RecordedSession.Read("version-1.txt"));
        await using (var worker = await EtsWorker.ConnectAsync("billing", manager.WorkerOptions).WaitAsync(Patience))
        {
            var created = await worker.OwnAsync<string, long>("accounts", Options).WaitAsync(Patience);
            Assert.Equal((TransferReason.Created, 1U), (created.Transfer!.Reason, created.Transfer.Epoch));
            created.Insert("alice", 100);
            await RunningManager.UntilAsync(() => manager.Played > 10); // its acceptance has been heard
            await created.DisposeAsync();

            await using var accounts = await worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
            Assert.Equal((TransferReason.Released, 2U, 1L), (accounts.Transfer!.Reason, accounts.Transfer.Epoch, accounts.Count));
            Assert.Equal([9], accounts.Transfer.GiftData.ToArray());
            await RunningManager.UntilAsync(() => manager.Played > 15);
            await Assert.ThrowsAsync<ManagerRefusedException>(() => worker.OwnAsync<string, long>("parcels").WaitAsync(Patience));
            using var giveUp = new CancellationTokenSource();
            var later = worker.OwnAsync<string, long>("later", giveUp.Token);
            await RunningManager.UntilAsync(() => manager.Played > 19); // its claim has been answered
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => later.WaitAsync(Patience));
            await Assert.ThrowsAsync<TableNotFoundException>(() => worker.DropAsync("nothing").WaitAsync(Patience));
            await DropAsync(worker);
        }
        await playing.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_table_that_exists_is_not_created_though_the_manager_answers_with_it()
    {
        await using var manager = new RecordedManager();
        var creation = RecordedSession.Read("version-1.txt").Take(7).ToArray();
        var created = Assert.IsType<RecordedSession.FromManager>(creation[^1]).Frame;
        Assert.Equal(0xC3, created[^1]); // that it is new
        created[^1] = 0xC2;
        var playing = manager.PlayAsync(creation);
        await using var worker = await EtsWorker.ConnectAsync("billing", manager.WorkerOptions).WaitAsync(Patience);
        await Assert.ThrowsAsync<TableExistsException>(() => worker.CreateAsync("accounts", Options).WaitAsync(Patience));
        await playing.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_table_is_found_in_the_list_of_all()
    {
        const string Listed = "94 11 02 91 9a a8 6163636f756e7473 a1 78 01 01 02 07 cd3c2a a7 62696c6c696e67 00 c0 c2";
        await using var manager = new RecordedManager();
        var playing = manager.PlayAsync([.. Registration(), FromWorker(MessageType.ListTables, 2), FromManager(Listed)]);
        await using var worker = await EtsWorker.ConnectAsync("billing", manager.WorkerOptions).WaitAsync(Patience);
        var info = await worker.FindTableAsync("ACCOUNTS").WaitAsync(Patience);
        Assert.Equal(("accounts", 7U, 0x3C2A), (info!.Name, info.Epoch, info.Owner!.ProcessId));
        await playing.WaitAsync(Patience);
    }

    [Fact]
    public async Task What_it_cannot_do_is_refused_with_the_remedy_and_nothing_of_it_is_done()
    {
        await using var manager = new RecordedManager();
        var session = RecordedSession.Read("version-1.txt");
        var playing = manager.PlayAsync(session.Take(11)); // until the worker owns the table
        await using var worker = await EtsWorker.ConnectAsync("billing", manager.WorkerOptions).WaitAsync(Patience);
        await using var accounts = await worker.OwnAsync<string, long>("accounts", Options).WaitAsync(Patience);
        await playing.WaitAsync(Patience);
        Func<Task>[] refused =
        [
            () => worker.RenameAsync("accounts", "others"),
            () => worker.GiveAwayAsync("accounts", 1),
            () => worker.ReleaseAsync("accounts", new byte[] { 1 }),
            () => worker.SetHeirAsync("accounts", 1),
            () => worker.ClearHeirAsync("accounts"),
            () => worker.ListWorkersAsync(),
            () => worker.EndQuarantineAsync("accounts"),
            () => worker.CreateAsync("others", new EtsTableOptions { FindMe = FindMeRule.Newest }),
            () => worker.OwnAsync<string, long>("others", new EtsTableOptions { FindMe = FindMeRule.Newest }),
            () => worker.CreateAsync("others", new EtsTableOptions { IsLocal = true, Access = TableAccess.Public }),
        ];
        foreach (var request in refused)
        {
            var error = await Assert.ThrowsAsync<ManagerRefusedException>(() => request().WaitAsync(Patience));
            Assert.Contains("Stop it and start one of this version", error.Message, StringComparison.Ordinal);
        }
        accounts.Insert("alice", 100);
    }

    [Fact]
    public async Task A_command_that_it_does_not_know_is_refused_with_the_remedy()
    {
        await using var manager = new RecordedManager();
        var playing = manager.PlayAsync(RecordedSession.Read("version-1.txt").Take(3));
        using var connection = await Task.Run(() => OperatorConnection.Connect(new InstanceDirectory(root: manager.WorkerOptions.Directory)));
        await playing.WaitAsync(Patience);
        var error = Assert.Throws<ManagerRefusedException>(() => connection.GetStatus());
        Assert.Contains("Stop it and start one of this version", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Tried again where the connection is lost before it is asked for, as the recording has it.</summary>
    private static async Task DropAsync(EtsWorker worker)
    {
        while (true)
        {
            try
            {
                await worker.DropAsync("accounts").WaitAsync(Patience);
                return;
            }
            catch (ManagerNotRunningException)
            {
            }
        }
    }

    private static IEnumerable<RecordedSession.Event> Registration() => RecordedSession.Read("version-1.txt").Take(5);

    private static RecordedSession.FromWorker FromWorker(MessageType type, byte id) => new([0, 0, 0, 0, 0x90, (byte)type, id]);

    private static RecordedSession.FromManager FromManager(string payload)
    {
        var bytes = Convert.FromHexString(payload.Replace(" ", "", StringComparison.Ordinal));
        return new([.. BitConverter.GetBytes(bytes.Length), .. bytes]);
    }
}
