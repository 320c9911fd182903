using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Manager.Tests.Connections;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.CommandLine;

/// <summary>An instance with a few tables of every sort, for commands that look at them.</summary>
internal sealed class ExampleInstance : IAsyncDisposable
{
    private const string Configuration = """
        {
          "tables": [
            {"id": "accounts", "findMe": {"role": "billing", "rule": "oldest"}, "giftData": {"any": "JSON"}},
            {"id": "empty", "options": {"kind": "orderedSet", "access": "public", "maximumBytes": 16777216}}
          ]
        }
        """;

    private readonly List<IAsyncDisposable> _open = [];
    private readonly RunningManager _manager;

    private ExampleInstance(RunningManager manager) => _manager = manager;

    internal sealed record Account(long Balance, string? Owner = null);

    /// <summary>The directory of the instances.</summary>
    public string Root => _manager.Root;

    /// <summary>A folder of files: <c>shop.json</c>, a configuration; <c>wrong.json</c>, none; <c>torn.ets</c>, half a table.</summary>
    public string Folder { get; } = RunningManager.NewRoot();

    public static async Task<ExampleInstance> StartAsync()
    {
        var instance = new ExampleInstance(await RunningManager.StartAsync(Configuration));
        await instance.FillAsync();
        await instance.UntilToldAsync(handOffs: 3);
        return instance;
    }

    /// <summary>Has a worker decline the table that nobody owns, which is once too often.</summary>
    public async Task QuarantineWorkerAsync()
    {
        await _manager.ReconfigureAsync("""{"arrivals": {"workerQuarantineAfter": 1}}""");
        var worker = await RawClient.ConnectAsync(_manager);
        _open.Add(worker);
        await worker.GreetAsync();
        await worker.SendAsync(2, new RegisterMessage("audit", 0, []));
        await worker.SendAsync(3, new ClaimMessage("empty", 0));
        var offer = await worker.ReadUntilAsync<OfferMessage>();
        await worker.SendAsync(0, new DeclinedMessage(offer.Table, offer.Epoch, "Its rows are of other types."));
        await worker.SendAsync(4, new ListWorkersMessage()); // answered behind that
        await worker.ReadUntilAsync<WorkerListMessage>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in Enumerable.Reverse(_open)) await open.DisposeAsync();
        await _manager.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task FillAsync()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Join(Folder, "shop.json"), Configuration);
        await File.WriteAllTextAsync(Path.Join(Folder, "wrong.json"), Configuration.Replace("oldest", "eldest", StringComparison.Ordinal));

        var billing = await ConnectAsync("billing");
        var accounts = await OwnAsync<string, Account>(billing, "accounts");
        accounts.Insert("alice", new Account(70));
        accounts.Pin(); // for as long as the table is open
        var names = await OwnAsync<string, Account>(billing, "names", EtsTableOptions.Default);
        names.Insert("bob \"the builder\"", new Account(30, "bob"));
        _open.Add(await ConnectAsync("reports"));

        var shop = await ConnectAsync("shop");
        var orders = await OwnAsync<(string, int), Guid>(shop, "orders", new EtsTableOptions { Access = TableAccess.Public });
        orders.Insert(("main", 7), new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

        MakeTable("numbers", TableKind.OrderedSet, Enumerable.Range(-1, 5));
        await File.WriteAllBytesAsync(Path.Join(Folder, "torn.ets"), ReadBeginning(TinyTable()));
    }

    /// <summary>The manager hands over first and tells of it afterwards.</summary>
    private async Task UntilToldAsync(int handOffs)
    {
        using var manager = OperatorConnection.Connect(_manager.Directory);
        while (manager.GetStatus().HandOffs.Count < handOffs) await Task.Yield();
    }

    private async Task<EtsWorker> ConnectAsync(string role)
    {
        var worker = await _manager.ConnectAsync(role);
        _open.Add(worker);
        return worker;
    }

    private async Task<EtsTable<TKey, TValue>> OwnAsync<TKey, TValue>(EtsWorker worker, string name, EtsTableOptions? options = null)
    {
        var owning = options is null ? worker.OwnAsync<TKey, TValue>(name) : worker.OwnAsync<TKey, TValue>(name, options);
        var table = await owning.WaitAsync(RunningManager.Patience);
        _open.Add(table);
        return table;
    }

    /// <summary>A table that an earlier manager has left: no one serves it.</summary>
    private void MakeTable(string name, TableKind kind, IEnumerable<int> keys)
    {
        var path = Path.Join(_manager.Directory.TablesPath, $"{name}.1000000000000.ets");
        var options = new TableFileOptions { Kind = kind, Access = TableAccess.Public, MaximumBytes = 16 << 20 };
        using var file = TableFile.Create(path, name, 1_000_000_000_000, options);
        var (codec, values) = (Codecs.ForOrderedKey<int>(), Codecs.ForValue<double>());
        Assert.True(file.TryBindSchema([], TableSchema.Of(codec, values).Encode()));
        foreach (var key in keys) file.Insert(Encode(codec, key), Encode(values, key / 2.0));
    }

    private string TinyTable()
    {
        var path = Path.Join(Folder, "whole.ets");
        TableFile.Create(path, "whole", 1, new TableFileOptions { MaximumBytes = 16 << 20 }).Dispose();
        return path;
    }

    private static byte[] ReadBeginning(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[5000];
        Assert.Equal(bytes.Length, RandomAccess.Read(file, bytes, 0));
        return bytes;
    }

    private static byte[] Encode<T>(ICodec<T> codec, T value)
    {
        var bytes = new byte[codec.MaxSize(value)];
        return bytes[..codec.Encode(value, bytes)];
    }
}
