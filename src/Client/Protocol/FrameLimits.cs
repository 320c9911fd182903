namespace EtsPersist.Mmf.Protocol;

/// <summary>What a frame may be: both sides refuse to send or read anything beyond.</summary>
internal static class FrameLimits
{
    /// <summary>The length of the length: an unsigned little-endian number of the bytes that follow it.</summary>
    public const int HeaderBytes = 4;

    public const int MaximumBytes = 1 << 20;

    /// <summary>How deep arrays may nest in a message.</summary>
    public const int MaximumDepth = 8;

    /// <summary>The longest name of a table or role.</summary>
    public const int MaximumNameCharacters = 100;

    /// <summary>The longest text that explains something.</summary>
    public const int MaximumTextCharacters = 4000;
}
