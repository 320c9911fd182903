namespace EtsPersist.Mmf;

/// <summary>Limits on both sides of a MessagePack message.</summary>
public static class MessagePackLimits
{
    /// <summary>
    /// How deep arrays, maps and records may nest unless a reader is given another limit. Keeps hostile input off the stack's end.
    /// </summary>
    public const int MaximumDepth = 64;
}
