namespace EtsPersist.Mmf.Soak.Tests;

public sealed class OperationTimesTests
{
    private const long Millisecond = 1_000_000;

    [Theory]
    [InlineData(10, 13, 3, 0)] // before
    [InlineData(18, 21, 0, 3)] // into
    [InlineData(21, 22, 0, 1)] // within
    [InlineData(15, 40, 0, 25)] // around
    [InlineData(29, 33, 0, 4)] // out of
    [InlineData(31, 36, 5, 0)] // behind
    public void An_operation_belongs_to_a_kill_if_it_overlaps_it(long began, long ended, double quiet, double besideKill)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, FormattableString.Invariant($"{began * Millisecond} {ended * Millisecond}\n"));
        var times = new OperationTimes();
        times.Read(path);
        times.AddKill(20 * Millisecond, 30 * Millisecond);
        times.Settle();
        Assert.Equal((quiet, besideKill), (times.LongestOfOthers, times.LongestBesideKill));
        Assert.False(File.Exists(path));
    }
}
