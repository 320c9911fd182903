using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <summary>The request that opens each connection's work.</summary>
internal sealed class RegisterRequest(WorkerSession session) : PendingRequest
{
    public override void Answer(MessageHeader header, ref FieldReader reader)
    {
        if (header.Type != MessageType.Refused)
        {
            session.OnRegistered();
            return;
        }
        var refused = MessageCodec.ReadFields<RefusedMessage>(ref reader);
        if (refused.Code == RefusalCode.Stopping) throw new IOException(refused.Text);
        session.Fault(Refusal.ToException(refused.Code, refused.Text));
    }

    public override void Fail(Exception error)
    {
    }
}
