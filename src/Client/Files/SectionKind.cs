namespace EtsPersist.Mmf.Files;

/// <summary>What a section of a portable file holds. The numbers are the texts <c>HEAD</c>, <c>ROWS</c> and <c>TAIL</c>.</summary>
internal enum SectionKind : uint
{
    Header = 0x44414548,
    Rows = 0x53574F52,
    Trailer = 0x4C494154,
}
