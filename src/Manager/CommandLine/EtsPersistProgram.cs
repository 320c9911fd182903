using System.CommandLine;
using System.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;

namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary>The command line: finds the command, runs it, turns errors into a line and an exit code.</summary>
internal static class EtsPersistProgram
{
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var parsed = CommandTree.For(arguments).Parse(arguments);
            RequireUnderstood(parsed);
            // Signals are the commands' own business: the manager's host has its handlers, and all others may simply die.
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var code = ExitCode.Of(failure);
            var text = code == ExitCode.Defect ? failure.ToString() : failure.Message;
            await error.WriteLineAsync($"etspersist: {text}").ConfigureAwait(false);
            return code;
        }
    }

    /// <exception cref="UsageException">The command line is wrong and asks for no help.</exception>
    private static void RequireUnderstood(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0 || parsed.Action is { ClearsParseErrors: true }) return;
        var isCommandMissing = parsed.CommandResult.Command.Subcommands.Count > 0;
        var message = isCommandMissing && parsed.UnmatchedTokens is [var word, ..]
            ? $"There is no command '{word}'."
            : parsed.Errors[0].Message;
        throw new UsageException($"{message} See: {NameOf(parsed.CommandResult)} --help");
    }

    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "etspersist";
}
