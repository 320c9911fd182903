using EtsPersist.Mmf.Manager.CommandLine;
using EtsPersist.Mmf.Manager.Tests.Running;

namespace EtsPersist.Mmf.Manager.Tests.CommandLine;

public sealed class HealthTests
{
    [Fact]
    public async Task A_table_that_is_disabled_makes_the_instance_unhealthy_and_is_named()
    {
        var first = await RunningManager.StartAsync("""{"tables":[{"id":"good"},{"id":"bad"}]}""");
        await first.StopAsync();
        var broken = Assert.Single(first.Directory.FindTables("bad"));
        TableFileDamage.CutOff(broken.Path, 100);
        await using var second = await RunningManager.StartAsync(root: first.Root);

        var (code, printed) = await RunAsync("health", "--dir", second.Root);
        Assert.Equal(ExitCode.Unsound, code);
        Assert.Contains("Table 'bad' is disabled: ", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("'good'", printed, StringComparison.Ordinal);

        (code, printed) = await RunAsync("tables", "--dir", second.Root, "--json");
        Assert.Equal(ExitCode.Unsound, code);
        Assert.Contains("\"problem\":", printed, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Printed)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await EtsPersistProgram.RunAsync(arguments, output, error);
        return (code, output.ToString());
    }
}
