using EtsPersist.Mmf.Peer.Commands;

namespace EtsPersist.Mmf.Peer;

/// <summary>All commands by name.</summary>
internal static class PeerCommands
{
    private static readonly IPeerCommand[] All =
    [
        new WriterCommand(),
        new ReaderCommand(),
        new BatchWriterCommand(),
        new BatchReaderCommand(),
        new FillCommand(),
        new ManyTablesCommand(),
        new SlotsCommand(),
        new DamageCommand(),
        new WorkerCommand(),
        new OwnerCommand(),
        new AccountReaderCommand(),
        new StepCommand(),
        new PortableFileCommand(),
        new ProgramCommand(),
    ];

    public static int Run(string[] arguments)
    {
        var command = arguments.Length == 0 ? null : Array.Find(All, command => command.Name == arguments[0]);
        if (command is null)
        {
            Console.Error.WriteLine($"Name a command: {string.Join(", ", All.Select(command => command.Name))}.");
            return 2;
        }
        var console = new PeerConsole();
        try
        {
            command.Run(new PeerArguments(arguments.AsSpan(1)), console);
            return 0;
        }
        catch (Exception error)
        {
            console.Say($"failed {error.ToString().ReplaceLineEndings(" | ")}");
            return 1;
        }
    }
}
