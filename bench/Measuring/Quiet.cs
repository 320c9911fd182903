namespace EtsPersist.Mmf.Bench.Measuring;

/// <summary>Clears away what earlier rounds left, so that no timed loop pays for it: garbage, and mappings that wait for their finalizers.</summary>
internal static class Quiet
{
    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
