using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <summary>A request on behalf of a claim: to create its table, or to wait for it.</summary>
internal sealed class ClaimRequest(WorkerSession session, PendingClaim claim) : PendingRequest
{
    public override void Answer(MessageHeader header, ref FieldReader reader)
    {
        switch (header.Type)
        {
            case MessageType.TableCreated:
                session.OnCreated(claim, MessageCodec.ReadFields<TableCreatedMessage>(ref reader).FileName);
                break;
            case MessageType.Claimed:
                if (MessageCodec.ReadFields<ClaimedMessage>(ref reader).FileName is { } fileName) session.Prepare(claim, fileName);
                break;
            case MessageType.Refused:
                var refused = MessageCodec.ReadFields<RefusedMessage>(ref reader);
                session.End(claim, Refusal.ToException(refused.Code, refused.Text));
                break;
            default:
                throw new ProtocolException($"The manager answered {header.Type} to a claim.");
        }
    }

    /// <summary>The connection was lost: the claim is made again over the next one.</summary>
    public override void Fail(Exception error)
    {
    }
}
