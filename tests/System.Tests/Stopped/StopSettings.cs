namespace EtsPersist.Mmf.System.Tests.Stopped;

/// <summary>How long a process stays stopped: moments, or 30 seconds where the environment says <c>ETSPERSIST_EXHAUSTIVE=1</c>.</summary>
internal static class StopSettings
{
    public static TimeSpan Duration { get; } =
        Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1" ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(2);
}
