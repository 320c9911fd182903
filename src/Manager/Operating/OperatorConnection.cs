using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;
using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf.Manager.Operating;

/// <summary>A command's connection to the manager: asks one thing after the other, and is no worker.</summary>
/// <remarks>Threads: one. Blocking: all members wait for the manager, as long as the limit allows; see <see cref="AnswerWait"/>.</remarks>
internal sealed class OperatorConnection : IDisposable
{
    /// <summary>How long a command waits for an answer.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly AnswerWait _wait;
    private readonly ManagerConnection _manager;
    private uint _requests = 1;

    private OperatorConnection(InstanceDirectory directory, TimeSpan limit)
    {
        _wait = new AnswerWait(directory, limit);
        _manager = _wait.For(() => ManagerConnection.Connect(directory, Patience, _wait.Closing));
    }

    /// <summary>What the manager said of itself.</summary>
    public WelcomeMessage Manager => _manager.Welcome;

    /// <summary>How long to wait for each answer from now on.</summary>
    public TimeSpan Limit
    {
        get => _wait.Limit;
        set => _wait.Limit = value;
    }

    /// <param name="directory">The instance.</param>
    /// <param name="limit">How long to wait for each answer; null for <see cref="AnswerLimit"/>.</param>
    /// <exception cref="ManagerNotRunningException">Nobody answers.</exception>
    public static OperatorConnection Connect(InstanceDirectory directory, TimeSpan? limit = null) => new(directory, limit ?? AnswerLimit);

    /// <summary>All tables, in the order of their names.</summary>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version and cannot list them; the message names the remedy.</exception>
    public IReadOnlyList<TableSummary> ListTables()
    {
        var tables = new List<TableSummary>();
        for (var request = new ListTablesMessage(After: null); request is not null;)
        {
            var page = Ask<ListTablesMessage, TableListMessage>(request);
            tables.AddRange(page.Tables);
            request = page.Next();
        }
        return tables;
    }

    /// <summary>All registered workers.</summary>
    public IReadOnlyList<WorkerSummary> ListWorkers() => Ask<ListWorkersMessage, WorkerListMessage>(new ListWorkersMessage()).Workers;

    /// <summary>How the manager stands.</summary>
    public StatusMessage GetStatus() => Ask<GetStatusMessage, StatusMessage>(new GetStatusMessage());

    /// <summary>Has something done with a table.</summary>
    public void Operate(OperateTableMessage operation) => Ask<OperateTableMessage, DoneMessage>(operation);

    /// <summary>Has a table handed over again that is in quarantine.</summary>
    public void EndQuarantine(string table) => Ask<EndQuarantineMessage, DoneMessage>(new EndQuarantineMessage(table));

    public void Dispose()
    {
        _manager.Dispose();
        _wait.Dispose();
    }

    private TAnswer Ask<T, TAnswer>(T message)
        where T : IMessage<T>
        where TAnswer : IMessage<TAnswer>
    {
        _manager.RequireUnderstands(message);
        try
        {
            return _wait.For(() =>
            {
                _manager.Send(++_requests, message);
                return _manager.ReadAnswer<TAnswer>();
            });
        }
        catch (IOException error)
        {
            throw new ManagerNotRunningException("The manager went away before it answered. Look at its tables and try again.", error);
        }
    }
}
