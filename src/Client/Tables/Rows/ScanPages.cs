using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf;

/// <summary>A page for each thread, so that steps and lookups allocate no more than what they return.</summary>
internal static class ScanPages
{
    private const int LargestKept = 64 << 10;

    [ThreadStatic]
    private static ScanPage? Kept;

    /// <summary>A page in any state. Whoever asks again before it is given back, as a codec's own code might, gets another.</summary>
    public static ScanPage Rent()
    {
        var page = Kept ?? new ScanPage();
        Kept = null;
        return page;
    }

    /// <summary>Gives a page back. One that is not given back, after an error, is only not kept.</summary>
    public static void Return(ScanPage page)
    {
        if (page.Capacity <= LargestKept)
            Kept = page;
    }
}
