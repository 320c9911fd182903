namespace EtsPersist.Mmf.Protocol;

/// <summary>The versions of the pipe protocol that this build speaks.</summary>
internal static class ProtocolVersion
{
    public const byte Minimum = 1;
    public const byte Maximum = 2;

    /// <summary>The version that has added a type of message.</summary>
    public static byte Of(MessageType type) => type <= MessageType.ClaimRefused ? (byte)1 : (byte)2;

    /// <summary>The highest version that both sides speak, or 0 if there is none.</summary>
    public static byte Negotiate(byte otherMinimum, byte otherMaximum)
    {
        var highest = Math.Min(Maximum, otherMaximum);
        return highest >= Math.Max(Minimum, otherMinimum) ? highest : (byte)0;
    }
}
