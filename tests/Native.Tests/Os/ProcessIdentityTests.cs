using System.Text;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void This_process_reads_the_same_each_time()
    {
        Assert.True(ProcessIdentity.TryRead(Environment.ProcessId, out var own));
        Assert.Equal(ProcessIdentity.Current, own);
        Assert.Equal(Environment.ProcessId, own.ProcessId);
        Assert.True(own.StartTime > 0);
    }

    [Fact]
    public void An_id_that_nobody_has_is_not_read()
    {
        Assert.False(ProcessIdentity.TryRead(int.MaxValue, out _));
        Assert.False(ProcessIdentity.TryRead(0, out _));
        Assert.False(ProcessIdentity.TryRead(-1, out _));
    }

    [LinuxFact("what /proc says of a process")]
    public void A_name_with_spaces_and_parentheses_does_not_shift_the_fields()
    {
        using var folder = new TemporaryFolder();
        File.Copy(File.ResolveLinkTarget("/bin/sleep", returnFinalTarget: true)?.FullName ?? "/bin/sleep", folder["a) b"]);
        using var child = Commands.Sleep(folder["a) b"]);
        using var plain = Commands.Sleep();
        Assert.True(ProcessIdentity.TryReadStatistics(child.Id, out var odd));
        Assert.True(ProcessIdentity.TryReadStatistics(plain.Id, out var ordinary));
        child.Kill();
        plain.Kill();
        child.WaitForExit();
        plain.WaitForExit();
        Assert.Equal(Environment.ProcessId, odd.ParentId);
        Assert.InRange(ordinary.StartTime - odd.StartTime, 0, 1000); // started right after it, in hundredths of a second
    }

    [Theory]
    [InlineData("12 (a) 1 2 3) S 7 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 4711 0 0", true, 7, 4711)]
    [InlineData("12 (()) S 7 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 4711", true, 7, 4711)]
    [InlineData("12 (a) S 7 0 0", false, 0, 0)]
    [InlineData("", false, 0, 0)]
    [InlineData("12 (a) S x 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 4711", false, 0, 0)]
    public void The_line_is_parsed_or_refused(string line, bool expected, int parentId, long startTime)
    {
        Assert.Equal(expected, ProcessIdentity.TryParseStatistics(Encoding.ASCII.GetBytes(line), out var statistics));
        Assert.Equal((parentId, startTime), statistics);
    }

    [Fact]
    public void The_boot_has_one_identity()
    {
        Assert.NotEqual(Guid.Empty, BootIdentity.Current);
        if (OperatingSystem.IsLinux())
            Assert.Equal(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), BootIdentity.Current.ToString());
    }
}
