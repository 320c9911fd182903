using System.Net.Sockets;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <summary>One connection to a manager, from the connect to its loss. Reads are one thread's; frames may be sent by any.</summary>
internal sealed class ManagerConnection : IDisposable
{
    private readonly Stream _pipe;
    private readonly FrameReader _reader;
    private readonly FrameQueue _outgoing;
    private readonly CancellationTokenRegistration _closing;
    private Timer? _heartbeat;

    private ManagerConnection(Stream pipe, CancellationToken closing = default)
    {
        _pipe = pipe;
        _reader = new FrameReader(pipe);
        _outgoing = new FrameQueue(pipe, pipe.Dispose);
        _closing = closing.UnsafeRegister(static pipe => ((Stream)pipe!).Dispose(), pipe);
    }

    /// <summary>What the manager said of itself.</summary>
    public WelcomeMessage Welcome { get; private set; } = null!;

    /// <summary>A connection to nobody, on which everything that is sent vanishes: for a rehearsal.</summary>
    public static ManagerConnection ToNobody() => new(Stream.Null);

    /// <summary>Connects and agrees on a version. Blocking: until the manager answers, which one that is stopped does not; its kernel takes the connection.</summary>
    /// <param name="directory">The instance.</param>
    /// <param name="patience">How long to wait until somebody listens.</param>
    /// <param name="closing">Closes the connection, now or later: a read that waits ends by that.</param>
    /// <exception cref="ManagerNotRunningException">Nobody answers.</exception>
    /// <exception cref="ManagerRefusedException">The manager speaks no version that this client speaks.</exception>
    /// <exception cref="OperationCanceledException">The connection was closed before the manager had answered.</exception>
    public static ManagerConnection Connect(InstanceDirectory directory, TimeSpan patience, CancellationToken closing = default)
    {
        directory.RequireTrusted();
        ManagerConnection? connection = null;
        try
        {
            connection = new ManagerConnection(ManagerPipe.Connect(directory, patience), closing);
            connection.Greet();
            return connection;
        }
        catch (Exception error) when (closing.IsCancellationRequested)
        {
            connection?.Dispose();
            throw new OperationCanceledException("The connection was closed before the manager had answered.", error, closing);
        }
        catch (SocketException error)
        {
            throw new ManagerNotRunningException($"This process cannot connect to the manager of instance '{directory.Instance}' now: {error.Message}.", error);
        }
        catch (Exception error) when (error is TimeoutException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            var other = error is UnauthorizedAccessException ? $" {error.Message}"
                : connection is null ? "" : " What listens there closed the connection; its log says why.";
            throw new ManagerNotRunningException(
                $"No manager answers for instance '{directory.Instance}' in '{directory.Root}'.{other} Start one: {directory.StartCommand}", error);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>What is to be said of a manager that takes connections and has not answered within a time.</summary>
    public static ManagerNotRunningException NotAnswering(InstanceDirectory directory, TimeSpan time, Exception? cause = null) => new(
        FormattableString.Invariant($"The manager of instance '{directory.Instance}' in '{directory.Root}' has not answered for {time.TotalSeconds:0.#} s. ")
        + "It is stopped, perhaps, or waits for a processor. If it is lost, kill it: the next one, or a standby, adopts all tables and their owners.",
        cause);

    /// <summary>Sends a frame. What happens to the connection, its reader learns: nothing is thrown for it here. Blocking: see <see cref="Flush"/>.</summary>
    public void Send<T>(uint id, T message) where T : IMessage<T>
    {
        Enqueue(id, message);
        Flush();
    }

    /// <summary>Puts a frame behind those that were sent, for a caller that holds a lock, and flushes without it. Blocking: none.</summary>
    public void Enqueue<T>(uint id, T message) where T : IMessage<T> => _outgoing.Enqueue(MessageCodec.Encode(id, message));

    /// <summary>Sends what is queued. Blocking: for one thread when a manager has read nothing for so long that the kernel takes no more; none for all others.</summary>
    public void Flush() => _outgoing.Flush();

    /// <summary>Closes the connection if what was sent cannot leave, which whoever waits for that is told.</summary>
    public void CloseIfStuck()
    {
        if (_outgoing.IsWriting) _pipe.Dispose();
    }

    /// <summary>Whether the manager's version has messages of a type.</summary>
    public bool Knows(MessageType type) => Welcome.Version >= ProtocolVersion.Of(type);

    /// <summary>Refuses what a manager of an earlier version would not understand, before anything is done for it.</summary>
    /// <exception cref="ManagerRefusedException">It would not; the message says what it lacks, and the remedy.</exception>
    public void RequireUnderstands<T>(T message) where T : IMessage<T>
    {
        if (!Knows(T.Type)) throw Outdated($"request {T.Type}");
        if (Welcome.Version == 1 && message.BeyondVersion1 is { } lacking) throw Outdated(lacking);
    }

    /// <inheritdoc cref="RequireUnderstands{T}(T)"/>
    public void RequireKnows(MessageType type)
    {
        if (!Knows(type)) throw Outdated($"request {type}");
    }

    /// <summary>The next frame; false when the manager has closed the connection.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> payload) => _reader.TryRead(out payload);

    /// <summary>Reads the answer to a request that was sent before anything else could be asked.</summary>
    public T ReadAnswer<T>() where T : IMessage<T>
    {
        if (!TryRead(out var payload)) throw new IOException("The manager closed the connection.");
        var reader = FieldReader.Open(payload.Span, out var header);
        if (header.Type != MessageType.Refused) return MessageCodec.Decode<T>(payload.Span, out _);
        var refused = MessageCodec.ReadFields<RefusedMessage>(ref reader);
        throw Refusal.ToException(refused.Code, refused.Text);
    }

    public void Dispose()
    {
        _heartbeat?.Dispose();
        _closing.Unregister();
        _pipe.Dispose();
    }

    private ManagerRefusedException Outdated(string lacking) => new(
        $"The manager of instance '{Welcome.Instance}', process {Welcome.ManagerProcessId}, is of the earlier version {Welcome.ManagerVersion}: its protocol, "
        + $"{Welcome.Version}, has no {lacking}. Stop it and start one of this version: it adopts all tables, and owners and readers work on meanwhile.");

    private void Greet()
    {
        var version = typeof(ManagerConnection).Assembly.GetName().Version?.ToString() ?? "";
        Send(1, new HelloMessage(ProtocolVersion.Minimum, ProtocolVersion.Maximum, "EtsPersist.Mmf.Client", version));
        Welcome = ReadAnswer<WelcomeMessage>();
        if (Welcome.HeartbeatMilliseconds is > 0 and <= int.MaxValue and var pause)
            _heartbeat = new Timer(static connection => ((ManagerConnection)connection!).Beat(), this, pause, pause);
    }

    /// <summary>Sends a heartbeat, unless another frame is just being sent, which says the same. To a manager that reads nothing they would pile up.</summary>
    private void Beat()
    {
        if (!_outgoing.IsWriting) Send(0, new HeartbeatMessage());
    }
}
