namespace EtsPersist.Mmf.Files;

/// <summary>
/// The numbers of the portable file; docs/portable-file.md says what they mean.
/// <code>
/// file       preamble | header section | rows section … | trailer section
///
/// preamble   0                    8         12         16
///            | 89 'E t s F i l e' | version | 00000000 |
///
/// section    0          8      12       16        16 + length
///            | checksum | kind | length | body …  |
/// </code>
/// </summary>
internal static class PortableFormat
{
    /// <summary>The byte 0x89 and the text <c>EtsFile</c>.</summary>
    public const ulong Magic = 0x65_6c_69_46_73_74_45_89;

    /// <summary>The version that is written, and the only one that is read.</summary>
    public const uint Version = 1;

    public const int PreambleBytes = 16;

    /// <summary>How many bytes of rows fill a block; one row may reach beyond it.</summary>
    public const int BlockBytes = 64 << 10;

    /// <summary>The longest body: a block that lacked one byte when the longest row came.</summary>
    public const int MaximumBodyBytes = 20 << 20;

    /// <summary>The longest key of a row.</summary>
    public const int MaximumKeyBytes = 32 << 10;

    /// <summary>The longest value of a row.</summary>
    public const int MaximumValueBytes = 16 << 20;

    /// <summary>The least that a table may grow to.</summary>
    public const long LeastCapacity = 16L << 20;

    /// <summary>The most that a table may grow to.</summary>
    public const long MostCapacity = 1L << 40;
}
