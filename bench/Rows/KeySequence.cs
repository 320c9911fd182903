using System.Globalization;

namespace EtsPersist.Mmf.Bench.Rows;

/// <summary>Uniform random keys that are all different: an invertible mixture of the numbers 0, 1, 2, ….</summary>
internal static class KeySequence
{
    public static long Number(long index)
    {
        var mixed = (ulong)index * 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return (long)(mixed ^ (mixed >> 31));
    }

    /// <summary>The same key as 16 ASCII characters.</summary>
    public static string Text(long index) => Number(index).ToString("x16", CultureInfo.InvariantCulture);
}
