using EtsPersist.Mmf.Manager.CommandLine;

namespace EtsPersist.Mmf.Manager.Tests.CommandLine;

public sealed class RunArgumentsTests
{
    [Fact]
    public void Options_are_read_in_both_forms() => Assert.Equal(
        new RunArguments { Instance = "shop", Directory = "/tmp/x", ConfigurationPath = "c.json", IsStandby = true, EventsPath = "e" },
        RunArguments.Parse(["--instance", "shop", "--dir=/tmp/x", "--config", "c.json", "--standby", "--events=e"]));

    [Theory]
    [InlineData("There is no option '--what'", "--what")]
    [InlineData("There is no option 'shop'", "shop")]
    [InlineData("--dir needs a value", "--dir")]
    [InlineData("--dir needs a value", "--dir", "--standby")]
    [InlineData("--instance is given twice", "--instance", "a", "--instance=b")]
    [InlineData("--standby takes no value", "--standby=yes")]
    public void A_wrong_command_line_is_explained(string message, params string[] arguments) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => RunArguments.Parse(arguments)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ExitCode.Success, "Usage:", "--help")]
    [InlineData(ExitCode.Success, "--standby", "run", "--help")]
    [InlineData(ExitCode.Usage, "A command is missing")]
    [InlineData(ExitCode.Usage, "There is no command 'fly'", "fly")]
    [InlineData(ExitCode.Usage, "There is no option", "run", "--fly")]
    [InlineData(ExitCode.Usage, "cannot be read", "run", "--config", "/no/such/file.json")]
    [InlineData(ExitCode.Usage, "The instance name", "run", "--instance", "a/b")]
    public async Task The_program_answers_with_an_exit_code_and_a_line(int code, string text, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(code, await EtsPersistProgram.RunAsync(arguments, output, error));
        Assert.Contains(text, (code == ExitCode.Success ? output : error).ToString(), StringComparison.Ordinal);
    }
}
