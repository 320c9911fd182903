using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Connections;

/// <content>What the client is told of its requests.</content>
internal sealed partial class ClientConnection
{
    private async Task DoneAsync(uint id, Task work)
    {
        await work.ConfigureAwait(false);
        Reply(id, new DoneMessage());
    }

    /// <summary>Answers later: the client's other messages, an acceptance perhaps, must not wait for it.</summary>
    private void Detach(uint id, Task work) => work.ContinueWith(
        ended =>
        {
            switch (ended.Exception?.GetBaseException())
            {
                case null: Reply(id, new DoneMessage()); break;
                case EtsException error: Refuse(id, error); break;
                case var error: Fail(id, error); break;
            }
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private void Refuse(uint id, EtsException error)
    {
        Log.RequestRefused(_surroundings.Logger, _peer.ProcessId, error.Message);
        Reply(id, new RefusedMessage(Refusal.CodeOf(error), error.Message));
    }

    /// <summary>Says of what nobody has foreseen that it has failed, at whatever point. The connection goes on, and so does the client.</summary>
    private void Fail(uint id, Exception error)
    {
        Log.RequestFailed(_surroundings.Logger, _peer.ProcessId, error);
        if (id != 0) Reply(id, new RefusedMessage(RefusalCode.Other, $"The manager failed at it, and its log says more: {error.Message}"));
    }

    private void Reply<T>(uint id, T message) where T : IMessage<T> => _outgoing.Send(MessageCodec.Encode(id, message));
}
