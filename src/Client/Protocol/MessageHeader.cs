namespace EtsPersist.Mmf.Protocol;

/// <summary>The first two elements of every message.</summary>
/// <param name="Type">What it is; possibly a number that this version does not know.</param>
/// <param name="Id">The id of the request that it is or answers; 0 for a notification.</param>
internal readonly record struct MessageHeader(MessageType Type, uint Id);
