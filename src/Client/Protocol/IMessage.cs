namespace EtsPersist.Mmf.Protocol;

/// <summary>
/// A message: an array of its type, the id of the request it belongs to (0 for notifications), and its fields. Versions add fields at the end;
/// a reader ignores those it does not know and takes defaults for those it misses.
/// </summary>
internal interface IMessage<TSelf> where TSelf : IMessage<TSelf>
{
    static abstract MessageType Type { get; }

    static abstract int FieldCount { get; }

    /// <summary>What in its fields a manager of version 1 would pass over, though it must not; null if there is nothing.</summary>
    string? BeyondVersion1 => null;

    void WriteFields(ref MessagePackWriter writer);

    static abstract TSelf ReadFields(ref FieldReader reader);
}
