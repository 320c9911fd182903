using EtsPersist.Mmf.Manager.Configuration;

namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary>The command line: finds the command, runs it, turns errors into a line and an exit code.</summary>
internal static class EtsPersistProgram
{
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        try
        {
            return await DispatchAsync(arguments, output).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is UsageException or ConfigurationException or InvalidNameException)
        {
            return await FailAsync(error, failure.Message, ExitCode.Usage).ConfigureAwait(false);
        }
        catch (ManagerRunningException failure)
        {
            return await FailAsync(error, failure.Message, ExitCode.Busy).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is EtsException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(error, failure.Message, ExitCode.Failed).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return await FailAsync(error, failure.ToString(), ExitCode.Defect).ConfigureAwait(false);
        }
    }

    private static async Task<int> DispatchAsync(string[] arguments, TextWriter output)
    {
        var help = arguments.Contains("--help") || arguments.Contains("-h");
        switch (arguments)
        {
            case ["run", ..] when help:
                await output.WriteLineAsync(HelpText.Run).ConfigureAwait(false);
                return ExitCode.Success;
            case ["run", .. var options]:
                return await RunCommand.RunAsync(RunArguments.Parse(options), output).ConfigureAwait(false);
            case ["--version"]:
                await output.WriteLineAsync(typeof(EtsPersistProgram).Assembly.GetName().Version?.ToString(3)).ConfigureAwait(false);
                return ExitCode.Success;
            case [] when !help:
                throw new UsageException("A command is missing. See: etspersist --help");
            default:
                if (!help) throw new UsageException($"There is no command '{arguments[0]}'. See: etspersist --help");
                await output.WriteLineAsync(HelpText.Program).ConfigureAwait(false);
                return ExitCode.Success;
        }
    }

    private static async Task<int> FailAsync(TextWriter error, string message, int code)
    {
        await error.WriteLineAsync($"etspersist: {message}").ConfigureAwait(false);
        return code;
    }
}
