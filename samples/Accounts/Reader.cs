using EtsPersist.Mmf;

namespace Accounts;

/// <summary>Reads the accounts, whoever owns them and whether a manager runs or not.</summary>
internal static class Reader
{
    public static async Task RunAsync()
    {
        using var accounts = await EtsTable.OpenAsync<string, Account>("accounts");
        if (accounts.TryGet("alice", out var alice))
            Console.WriteLine($"alice has {alice.Balance}");
    }
}
