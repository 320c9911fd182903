using System.Diagnostics;

namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>Waits for things that other processes do.</summary>
internal static class Wait
{
    /// <summary>How long anything may take on a loaded machine before the test fails and says what it was waiting for.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is true.</summary>
    public static void Until(Func<bool> condition, Func<string> what)
    {
        var spinner = new SpinWait();
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(since) > Limit)
                Assert.Fail($"Waited {Limit.TotalSeconds} s for {what()}");
            spinner.SpinOnce(sleep1Threshold: 50);
        }
    }

    /// <summary>Waits a few instructions, so that what follows happens at a random place of what others do.</summary>
    public static void Instructions(int count) => Thread.SpinWait(count);
}
