namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>A worker that saves its table to a portable file, or loads one, and stands still after the first block of rows.</summary>
/// <remarks>Says <c>block rows</c>, then waits until it is told something or killed; then <c>done rows</c>.</remarks>
internal sealed class PortableFileCommand : IPeerCommand
{
    public string Name => "portable-file";

    public void Run(PeerArguments arguments, PeerConsole console) => RunAsync(arguments, console).GetAwaiter().GetResult();

    private static async Task RunAsync(PeerArguments arguments, PeerConsole console)
    {
        var options = new EtsWorkerOptions { Directory = arguments.Text("dir"), ConnectTimeout = TimeSpan.FromSeconds(30) };
        await using var worker = await EtsWorker.ConnectAsync(arguments.Text("role"), options);
        var path = arguments.Text("file");
        if (arguments.Text("do") == "load")
        {
            await using var loaded = await worker.LoadAsync<long, string>(path, null, new Standstill(console, EtsFilePhase.Loading));
            console.Say($"done {loaded.Count}");
            return;
        }
        await using var table = await worker.OwnAsync<long, string>(arguments.Text("table"));
        await table.SaveAsync(path, null, new Standstill(console, EtsFilePhase.Saving));
        console.Say($"done {table.Count}");
    }

    private sealed class Standstill(PeerConsole console, EtsFilePhase phase) : IProgress<EtsFileProgress>
    {
        private bool _isOver;

        public void Report(EtsFileProgress value)
        {
            if (_isOver || value.Phase != phase) return;
            _isOver = true;
            console.Say($"block {value.Rows}");
            console.Listen();
        }
    }
}
