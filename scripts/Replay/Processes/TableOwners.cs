using System.Collections.Concurrent;

namespace EtsPersist.Mmf.Replay;

/// <summary>The processes of one recording: the owner of its table and, where owners are replaced, one that waits for it.</summary>
internal sealed class TableOwners : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly WorkerOrder _order;
    private readonly BlockingCollection<(ReplayWorker Speaker, string Line)> _heard = [];
    private readonly List<ReplayWorker> _workers = [];
    private readonly HashSet<ReplayWorker> _waiting = [];
    private ReplayWorker? _owner;
    private int _started;

    /// <summary>Starts the first owner and waits until it has the table.</summary>
    public TableOwners(WorkerOrder order, bool withSuccessor)
    {
        _order = order;
        Start();
        try
        {
            AwaitOwner();
            if (withSuccessor) Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Sends an operation to the owner; several may be on their way.</summary>
    public void Send(string operation) => _owner!.Tell(operation);

    /// <summary>The answer to the oldest operation on its way.</summary>
    /// <exception cref="StuckException">The owner has ended, or does not answer.</exception>
    public string Receive()
    {
        string? answer;
        while ((answer = Hear("an answer")) is null)
        {
        }
        return answer;
    }

    /// <summary>The owner closes the table and asks for it again, behind the process that waits.</summary>
    public void Reopen()
    {
        AwaitSuccessor();
        _owner!.Tell(WorkerWords.Release);
        AwaitOwner();
    }

    /// <summary>Kills the owner; the process that waits gets the table, and a new one waits behind it.</summary>
    public void KillOwner()
    {
        AwaitSuccessor();
        _owner!.Strike();
        _owner.Dispose();
        _workers.Remove(_owner);
        Start();
        AwaitOwner();
    }

    /// <summary>Kills what still runs.</summary>
    public void Dispose()
    {
        foreach (var worker in _workers) worker.Dispose();
    }

    private void Start() => _workers.Add(new ReplayWorker($"worker {++_started} of {_order.Table}", _order, _heard));

    private void AwaitSuccessor()
    {
        while (_waiting.Count == 0) Hear("a process that waits");
    }

    private void AwaitOwner()
    {
        _owner = null;
        while (_owner is null) Hear("an owner");
    }

    /// <summary>Takes the next line; an answer is returned.</summary>
    private string? Hear(string what)
    {
        var (speaker, line) = Next(what);
        switch (line)
        {
            case WorkerWords.Waiting:
                _waiting.Add(speaker);
                return null;
            case WorkerWords.Owned:
                _waiting.Remove(speaker);
                _owner = speaker;
                return null;
            default:
                return speaker == _owner ? line : throw new StuckException($"{speaker.Name} says '{line}'.{Environment.NewLine}{Describe()}");
        }
    }

    private (ReplayWorker Speaker, string Line) Next(string what)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Glance)
        {
            if (_heard.TryTake(out var heard, Glance)) return heard;
            if (_workers.Exists(worker => worker.HasExited)) throw new StuckException($"A process ended.{Environment.NewLine}{Describe()}");
        }
        throw new StuckException($"Waited {Patience.TotalSeconds:0} s for {what}.{Environment.NewLine}{Describe()}");
    }

    private string Describe() => string.Join(Environment.NewLine, _workers.Select(worker => worker.Describe()));
}
