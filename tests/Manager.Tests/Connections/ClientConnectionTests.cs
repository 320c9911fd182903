using System.Diagnostics;
using EtsPersist.Mmf.Manager.Steps;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

public sealed class ClientConnectionTests
{
    [Fact]
    public async Task A_worker_is_not_silent_from_the_beginning_of_what_it_asks_for_to_its_end()
    {
        var begun = new TaskCompletionSource();
        using var mayEnd = new ManualResetEventSlim();
        await using var server = BareServer.Start(step =>
        {
            if (step != ManagerStep.DefinitionWritten) return;
            begun.SetResult();
            Assert.True(mayEnd.Wait(RunningManager.Patience));
        });
        await using var client = await RawClient.ConnectAsync(server.Directory);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("billing", 0, []));
        await client.ReadAsync<DoneMessage>();
        var worker = Assert.Single(server.Workers.All);
        await RunningManager.UntilAsync(() => worker.Silent > TimeSpan.Zero);
        Assert.True(worker.NoteSilence());

        await client.SendAsync(3, new CreateTableMessage("accounts", TableKind.Set, TableAccess.Protected, 16 << 20, default, null));
        await begun.Task.WaitAsync(RunningManager.Patience);
        Assert.Equal(TimeSpan.Zero, worker.Silent);
        Assert.True(worker.NoteSilence()); // for the first time since it has said something

        var ending = Stopwatch.GetTimestamp();
        mayEnd.Set();
        await client.ReadAsync<TableCreatedMessage>();
        await RunningManager.UntilAsync(() => worker.Silent > TimeSpan.Zero);
        Assert.True(worker.Silent < Stopwatch.GetElapsedTime(ending)); // since the end, and not since it has spoken
    }

    [Fact]
    public async Task A_request_that_the_file_system_fails_is_refused_and_the_connection_goes_on()
    {
        await using var server = BareServer.Start(static step =>
        {
            if (step == ManagerStep.DefinitionWritten) throw new IOException("The disk is gone.");
        });
        await using var client = await RawClient.ConnectAsync(server.Directory);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("billing", 0, []));
        await client.ReadAsync<DoneMessage>();
        await client.SendAsync(3, new CreateTableMessage("accounts", TableKind.Set, TableAccess.Protected, 16 << 20, default, null));
        Assert.Contains("The disk is gone.", (await client.ReadAsync<RefusedMessage>()).Text, StringComparison.Ordinal);
        Assert.Contains("RequestFailed", server.Logger.Logged.Select(entry => entry.Name));
        await client.SendAsync(4, new ListTablesMessage(After: null));
        await client.ReadAsync<TableListMessage>();
    }

    [Fact]
    public async Task What_a_worker_asks_for_in_vain_has_an_end_too()
    {
        await using var server = BareServer.Start();
        await using var client = await RawClient.ConnectAsync(server.Directory);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("billing", 0, []));
        await client.ReadAsync<DoneMessage>();
        await client.SendAsync(3, new DropTableMessage("accounts"));
        await client.ReadAsync<RefusedMessage>();
        var worker = Assert.Single(server.Workers.All);
        await RunningManager.UntilAsync(() => worker.Silent > TimeSpan.Zero);
    }
}
