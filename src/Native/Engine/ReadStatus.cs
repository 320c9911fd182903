namespace EtsPersist.Mmf.Native.Engine;

/// <summary>What a read found.</summary>
public enum ReadStatus
{
    /// <summary>The key is not in the table.</summary>
    Missing,

    /// <summary>The value has been copied.</summary>
    Found,

    /// <summary>The value is there and longer than the destination; its length is told.</summary>
    DestinationTooSmall,
}
