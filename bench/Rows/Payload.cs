using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Bench.Rows;

/// <summary>A value of 64 bytes, stored as its memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Payload
{
    /// <summary>What the last word holds, so that a read can be checked for next to nothing.</summary>
    public const long Mark = 0x6c61_7374_776f_7264;

    public long First, Second, Third, Fourth, Fifth, Sixth, Seventh, Last;

    public static Payload Of(long number) => new()
    {
        First = number,
        Second = number,
        Third = number,
        Fourth = number,
        Fifth = number,
        Sixth = number,
        Seventh = number,
        Last = Mark,
    };
}
