using EtsPersist.Mmf.Protocol;

namespace EtsPersist.Mmf.Session;

/// <summary>A request whose answer is awaited.</summary>
internal abstract class PendingRequest
{
    /// <summary>Takes the answer; called on the session's thread.</summary>
    public abstract void Answer(MessageHeader header, ref FieldReader reader);

    public abstract void Fail(Exception error);
}
