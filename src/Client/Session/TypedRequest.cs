using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <summary>A request that is answered by one type of message or refused.</summary>
internal sealed class TypedRequest<TAnswer> : PendingRequest where TAnswer : IMessage<TAnswer>
{
    private readonly TaskCompletionSource<TAnswer> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TAnswer> Task => _completion.Task;

    public override void Answer(MessageHeader header, ref FieldReader reader)
    {
        if (header.Type == MessageType.Refused)
        {
            var refused = MessageCodec.ReadFields<RefusedMessage>(ref reader);
            Fail(Refusal.ToException(refused.Code, refused.Text));
            return;
        }
        if (header.Type != TAnswer.Type) throw new ProtocolException($"The manager answered {header.Type} where {TAnswer.Type} is expected.");
        _completion.TrySetResult(MessageCodec.ReadFields<TAnswer>(ref reader));
    }

    public override void Fail(Exception error) => _completion.TrySetException(error);
}
