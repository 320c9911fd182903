using System.Collections.Concurrent;

namespace EtsPersist.Mmf.Replay;

/// <summary>What the driver says to this process. The process ends with the driver, whatever it is waiting for.</summary>
internal sealed class Orders
{
    private readonly BlockingCollection<string> _lines = [];

    /// <summary>Begins to listen.</summary>
    public Orders() => new Thread(Listen) { IsBackground = true, Name = "orders" }.Start();

    /// <summary>Waits for the next line.</summary>
    public string Next() => _lines.Take();

    private void Listen()
    {
        while (Console.In.ReadLine() is { } line) _lines.Add(line);
        Environment.Exit(0);
    }
}
