using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed unsafe partial class MonotonicClockTests
{
    private const int CLOCK_MONOTONIC = 1;

    [LinuxFact("a clock of that name")]
    public void It_is_the_kernels_monotonic_clock()
    {
        var before = MonotonicClock.Now;
        var kernel = Kernel();
        var after = MonotonicClock.Now;
        Assert.InRange(kernel, before, after);
    }

    [Fact]
    public void It_never_goes_back()
    {
        var last = MonotonicClock.Now;
        for (var i = 0; i < 100_000; i++)
        {
            var now = MonotonicClock.Now;
            Assert.True(now >= last);
            last = now;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, long* time);

    private static long Kernel()
    {
        var time = stackalloc long[2];
        Assert.Equal(0, GetTime(CLOCK_MONOTONIC, time));
        return (time[0] * 1_000_000_000) + time[1];
    }
}
