using EtsPersist.Mmf;

namespace Accounts;

/// <summary>Owns the accounts for as long as it lives; start two and kill -9 the process id that the first prints.</summary>
internal static class Worker
{
    public static async Task RunAsync()
    {
        await using var worker = await EtsWorker.ConnectAsync("billing");
        Console.WriteLine($"Process {Environment.ProcessId} waits for the table.");
        await using var accounts = await worker.OwnAsync<string, Account>("accounts", new EtsTableOptions()); // waits for the table
        Console.WriteLine($"{accounts.Count} accounts came, because {accounts.Transfer!.Reason}.");

        accounts.Insert("alice", new Account(100));                     // survives kill -9 from here on
        accounts.Commit(accounts.CreateBatch()                          // both or neither, for kills and for readers
            .Insert("alice", new Account(70))
            .Insert("bob", new Account(30)));

        await Task.Delay(Timeout.Infinite);
    }
}
