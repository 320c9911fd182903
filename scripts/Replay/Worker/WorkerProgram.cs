using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Replay;

/// <summary>A worker: waits for the table, then answers operations, until it is killed.</summary>
internal static class WorkerProgram
{
    /// <summary>Runs until it is killed, or the driver is gone.</summary>
    public static Task RunAsync(WorkerOrder order)
    {
        AppContext.SetSwitch("EtsPersist.Mmf.GrowByPages", order.GrowsByPages);
        return order.Keys == KeyType.Integer ? RunAsync<long>(order) : RunAsync<string>(order);
    }

    private static async Task RunAsync<TKey>(WorkerOrder order)
    {
        var orders = new Orders();
        var manager = new EtsWorkerOptions { Directory = order.Root, Instance = ReplayFolder.Instance, ConnectTimeout = TimeSpan.FromMinutes(1) };
        await using var worker = await EtsWorker.ConnectAsync(ReplayFolder.Role, manager);
        while (true)
        {
            var arrival = worker.OwnAsync<TKey, Value>(order.Table, new EtsTableOptions { Kind = order.Kind });
            Console.WriteLine(WorkerWords.Waiting);
            await using var table = await arrival;
            Console.WriteLine(WorkerWords.Owned);
            Answer(new TraceTable<TKey>(table), orders);
        }
    }

    /// <summary>Answers until the table is to be released.</summary>
    private static void Answer<TKey>(TraceTable<TKey> table, Orders orders)
    {
        while (orders.Next() is var order && order != WorkerWords.Release)
            Console.WriteLine(table.Answer(JsonNode.Parse(order)!)?.ToJsonString() ?? "null");
    }
}
