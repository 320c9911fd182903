using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Operating;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist health</c>: whether all is well, for whoever watches over services.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "health",
            "Ask whether all is well.",
            """
            Exit code 0: the manager answers, and no table is disabled or in quarantine. 4: no manager answers
            within 10 seconds. 6: something is wrong with a table; the output says what, and all other tables are served.
            """,
            new Example("etspersist health", "For a probe of a container, or a person."),
            new Example("etspersist health --json", "The same for programs."));
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var status = InstanceStatus.Ask(parsed.InstanceDirectory());
        var problems = status.Problems;
        if (parsed.WantsJson()) WriteJson(parsed.Output(), status, problems);
        else WriteText(parsed.Output(), status, problems);
        return problems.Count == 0 ? ExitCode.Success : ExitCode.Unsound;
    }

    private static void WriteJson(TextWriter output, InstanceStatus status, IReadOnlyList<string> problems) => JsonOutput.WriteLine(output, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("healthy", problems.Count == 0);
        json.WriteNumber("pid", status.Manager.ManagerProcessId);
        json.WriteNumber("uptimeMs", status.Status.UptimeMilliseconds);
        json.WriteStartArray("problems");
        foreach (var problem in problems) json.WriteStringValue(problem);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteText(TextWriter output, InstanceStatus status, IReadOnlyList<string> problems)
    {
        output.WriteLine(StatusText.Headline(status));
        foreach (var problem in problems) output.WriteLine(problem);
        if (problems.Count == 0) output.WriteLine("All is well.");
    }
}
