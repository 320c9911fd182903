using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EtsPersist.Mmf.Manager.Choosing;

/// <summary>A program as a rule: it gets the question as JSON on its standard input and prints the chosen process id, or nothing to wait.</summary>
/// <remarks>
/// The question: <c>{"table":…,"reason":…,"candidates":[{"pid":…,"worker":…,"role":…,"priority":…,"waitedMs":…,"owned":…},…]}</c>. No shell is
/// involved. A program that is not done in time is killed, with what it has started.
/// </remarks>
internal sealed class CommandRule(IReadOnlyList<string> arguments) : IFindMeRule
{
    private const int MostAnswerCharacters = 1000;

    public async ValueTask<EtsSuccessor?> ChooseAsync(FindMeRequest request, CancellationToken cancellationToken)
    {
        using var program = Process.Start(new ProcessStartInfo(arguments[0], arguments.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        }) ?? throw new EtsException($"The command '{arguments[0]}' did not start.");
        // On Windows what waits for the program's output is ended by the program's end alone.
        using var limit = cancellationToken.UnsafeRegister(static program => End((Process)program!), program);
        try
        {
            await AskAsync(program, request, cancellationToken).ConfigureAwait(false);
            var answer = await ReadAsync(program.StandardOutput, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await program.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return program.ExitCode == 0 ? Parse(answer) : throw new EtsException($"The command '{arguments[0]}' ended with exit code {program.ExitCode}.");
        }
        finally
        {
            End(program);
        }
    }

    private static void End(Process program)
    {
        try
        {
            if (!program.HasExited) program.Kill(entireProcessTree: true);
        }
        catch (Exception)
        {
            // It has ended by itself meanwhile, or a part of what it has started has. Whatever else the system says of a process that is ending: what the rule
            // has answered, or that its time was up, counts all the same.
        }
    }

    /// <summary>A program may answer without reading the question.</summary>
    private static async Task AskAsync(Process program, FindMeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await program.StandardInput.BaseStream.WriteAsync(Write(request), cancellationToken).ConfigureAwait(false);
            program.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has closed its input.
        }
    }

    private static byte[] Write(FindMeRequest request) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        table = request.Table,
        reason = ValueName.Of(request.Reason),
        candidates = request.Candidates.Select(candidate => new
        {
            pid = candidate.ProcessId,
            worker = candidate.WorkerId,
            role = candidate.Role,
            priority = candidate.Priority,
            waitedMs = (long)candidate.Waited.TotalMilliseconds,
            owned = candidate.Owned,
        }),
    });

    private static async Task<string> ReadAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var answer = new char[MostAnswerCharacters];
        var length = await output.ReadBlockAsync(answer, cancellationToken).ConfigureAwait(false);
        return new string(answer, 0, length).Trim();
    }

    private EtsSuccessor? Parse(string answer)
    {
        if (answer.Length == 0) return null;
        return int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var processId) && processId > 0
            ? new EtsSuccessor(processId)
            : throw new EtsException($"The command '{arguments[0]}' answered '{answer[..Math.Min(answer.Length, 40)]}', which is no process id.");
    }
}
