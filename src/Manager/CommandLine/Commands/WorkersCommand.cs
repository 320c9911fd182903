using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Operating;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist workers</c>: the workers that are registered with the manager.</summary>
internal static class WorkersCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "workers",
            "List the workers that are registered with the manager.",
            "Those that registered first come first.",
            new Example("etspersist workers", "Ids, processes, roles, what they own and wait for."),
            new Example("etspersist workers --json", "The same for programs."));
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var manager = OperatorConnection.Connect(parsed.InstanceDirectory());
        var workers = manager.ListWorkers();
        if (parsed.WantsJson())
        {
            JsonOutput.WriteLine(parsed.Output(), json =>
            {
                json.WriteStartObject();
                StatusJson.WriteWorkers(json, workers);
                json.WriteEndObject();
            });
        }
        else if (workers.Count == 0)
        {
            parsed.Output().WriteLine("No workers.");
        }
        else
        {
            StatusText.Workers(workers).WriteTo(parsed.Output());
        }
        return ExitCode.Success;
    }
}
