using System.Diagnostics;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>What this process, and so the manager in it, has in use.</summary>
internal readonly record struct Footprint(long ManagedBytes, int Descriptors)
{
    /// <summary>What the runtime takes for code that it loads late; of ten thousand frames that is some 13 bytes each.</summary>
    private const int LateBytes = 128 << 10;

    public static Footprint Take()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new Footprint(GC.GetTotalMemory(forceFullCollection: true), CountDescriptors());
    }

    /// <summary>Waits until no more is in use than before, but for a part: the last connections end when the manager notices it.</summary>
    public static async Task RequireAsync(Footprint before, double tolerance, TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = Take();
            if (now.ManagedBytes <= before.ManagedBytes * (1 + tolerance) + LateBytes && now.Descriptors <= before.Descriptors * (1 + tolerance)) return;
            if (Stopwatch.GetElapsedTime(since) > patience) Assert.Fail($"{before} has become {now}.");
            await Task.Yield();
        }
    }

    /// <summary>Those of files, pipes and sockets; the runtime keeps its own for each library.</summary>
    private static int CountDescriptors()
    {
        if (OperatingSystem.IsLinux())
            return Directory.GetFileSystemEntries("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) == false);
        using var self = Process.GetCurrentProcess();
        return self.HandleCount;
    }
}
