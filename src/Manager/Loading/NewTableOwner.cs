using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;
using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf.Manager.Loading;

/// <summary>
/// Creates a table and owns it for as long as it takes to fill it, without knowing the types of its rows; then the workers of its role get
/// it.
/// </summary>
/// <remarks>Threads: one. Blocking: all members wait for the manager, as long as the limit allows.</remarks>
internal sealed class NewTableOwner : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly InstanceDirectory _directory;
    private readonly string _table;
    private readonly AnswerWait _wait;
    private readonly ManagerConnection _manager;
    private uint _epoch;
    private uint _requests = 1;
    private TableFile? _file;

    private NewTableOwner(InstanceDirectory directory, string table, TimeSpan limit)
    {
        (_directory, _table, _wait) = (directory, table, new AnswerWait(directory, limit));
        _manager = _wait.For(() => ManagerConnection.Connect(directory, Patience, _wait.Closing));
    }

    /// <summary>The table, which is this process's.</summary>
    public TableFile File => _file!;

    /// <summary>Creates the table of a message and waits until it is this process's.</summary>
    /// <param name="directory">The instance.</param>
    /// <param name="role">The role whose workers get the table.</param>
    /// <param name="table">The table.</param>
    /// <param name="limit">How long to wait for each answer; null for <see cref="OperatorConnection.AnswerLimit"/>.</param>
    /// <exception cref="TableExistsException">There is one of that name.</exception>
    /// <exception cref="ManagerNotRunningException">No manager answers.</exception>
    public static NewTableOwner Create(InstanceDirectory directory, string role, CreateTableMessage table, TimeSpan? limit = null)
    {
        if (directory.TableExists(table.Table)) throw Exists(table.Table);
        var owner = new NewTableOwner(directory, table.Table, limit ?? OperatorConnection.AnswerLimit);
        try
        {
            owner.Ask<RegisterMessage, DoneMessage>(new RegisterMessage(role, 0, []));
            // Before all workers that wait for the name already, and before there is a table that could be offered to one of them.
            owner.Ask<ClaimMessage, ClaimedMessage>(new ClaimMessage(table.Table, (long)TimeSpan.FromDays(365).TotalMilliseconds));
            owner.Send(table);
            owner.Accept();
            return owner;
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Lets the table go to the workers of its role.</summary>
    public void Release()
    {
        File.TryRelease(_epoch);
        _manager.Send(0, new ReleasedMessage(_table, _epoch));
    }

    /// <summary>Takes the table back that could not be filled.</summary>
    public void Drop() => Ask<DropTableMessage, DoneMessage>(new DropTableMessage(_table));

    public void Dispose()
    {
        _file?.Dispose();
        _manager.Dispose();
        _wait.Dispose();
    }

    /// <summary>The answer to the creation and the offer come in any order.</summary>
    private void Accept()
    {
        var isCreated = false;
        while (!isCreated || _file is null)
        {
            var payload = WaitFor(Read);
            var reader = FieldReader.Open(payload.Span, out var header);
            switch (header.Type)
            {
                case MessageType.TableCreated:
                    if (!MessageCodec.ReadFields<TableCreatedMessage>(ref reader).IsNew) throw Exists(_table);
                    isCreated = true;
                    break;
                case MessageType.Offer:
                    Accept(MessageCodec.ReadFields<OfferMessage>(ref reader));
                    break;
                case MessageType.Refused:
                    var refused = MessageCodec.ReadFields<RefusedMessage>(ref reader);
                    throw Refusal.ToException(refused.Code, refused.Text);
            }
        }
    }

    private void Accept(OfferMessage offer)
    {
        if (offer.Reason != TransferReason.Created) throw Exists(_table);
        var file = TableFile.Open(_directory.Locate(offer.FileName).Path, writable: true);
        if (!file.TryAccept(offer.Epoch))
        {
            file.Dispose(); // withdrawn; another offer follows
            return;
        }
        (_file, _epoch) = (file, offer.Epoch);
        _manager.Send(0, new AcceptedMessage(_table, offer.Epoch));
    }

    private void Send<T>(T message) where T : IMessage<T> => _manager.Send(++_requests, message);

    private TAnswer Ask<T, TAnswer>(T message)
        where T : IMessage<T>
        where TAnswer : IMessage<TAnswer>
    {
        Send(message);
        return WaitFor(_manager.ReadAnswer<TAnswer>);
    }

    private ReadOnlyMemory<byte> Read() => _manager.TryRead(out var payload) ? payload : throw new IOException("The manager closed the connection.");

    private T WaitFor<T>(Func<T> answer)
    {
        try
        {
            return _wait.For(answer);
        }
        catch (IOException error)
        {
            throw new ManagerNotRunningException("The manager went away before it answered. Try again.", error);
        }
    }

    private static TableExistsException Exists(string table) =>
        new($"There is a table '{table}', and loading a file makes a new one. Choose another name with --name, or drop the table.");
}
