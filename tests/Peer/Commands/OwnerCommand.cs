namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>Creates tables one after the other, names an heir for each where there is one, and keeps them. Says <c>owns count</c>.</summary>
internal sealed class OwnerCommand : IPeerCommand
{
    public string Name => "owner";

    public void Run(PeerArguments arguments, PeerConsole console) => OwnAsync(arguments, console).GetAwaiter().GetResult();

    private static async Task OwnAsync(PeerArguments arguments, PeerConsole console)
    {
        var options = new EtsWorkerOptions { Directory = arguments.Text("dir"), ConnectTimeout = TimeSpan.FromSeconds(30) };
        await using var worker = await EtsWorker.ConnectAsync(arguments.Text("role"), options);
        var heir = arguments.Number("heir", otherwise: 0);
        var tables = new List<EtsTable<string, long>>();
        foreach (var name in arguments.Text("tables").Split(','))
        {
            tables.Add(await worker.OwnAsync<string, long>(name, EtsTableOptions.Default));
            if (heir != 0)
                await worker.SetHeirAsync(name, heir);
        }
        console.Say($"owns {tables.Count}");
        console.Listen();
    }
}
