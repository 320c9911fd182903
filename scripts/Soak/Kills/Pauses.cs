using System.Diagnostics;

namespace EtsPersist.Mmf.Soak;

/// <summary>How the driver waits where milliseconds are too long.</summary>
internal static class Pauses
{
    /// <summary>Waits until something is so, or the time has passed, and lets others have the processor meanwhile.</summary>
    public static void Until(Func<bool> condition, TimeSpan most)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(began) < most) Thread.Yield();
    }

    /// <summary>Waits until something is so, or the time has passed, which may take milliseconds.</summary>
    public static void SleepUntil(Func<bool> condition, TimeSpan most)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(began) < most) Thread.Sleep(1);
    }

    /// <summary>Waits for what is over within microseconds, and keeps the processor.</summary>
    public static void SpinUntil(Func<bool> condition, TimeSpan most)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(began) < most) Thread.SpinWait(5);
    }

    /// <summary>Waits some microseconds.</summary>
    public static void Spin(int microseconds) => SpinUntil(() => false, TimeSpan.FromMicroseconds(microseconds));
}
