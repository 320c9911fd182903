using System.IO.Pipes;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.CommandLine;

/// <summary>Clients that take more descriptors than the manager may have.</summary>
[Collection(ProcessTests.Name)]
public sealed class DescriptorTests : IDisposable
{
    private const int Limit = 300;
    private const int NoManager = 4;

    private readonly CommandShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [LinuxFact("a limit of descriptors")]
    public void A_manager_closes_connections_that_it_has_no_descriptors_for_and_serves_again_once_others_have_ended()
    {
        var manager = _shell.StartManager($"ulimit -n {Limit}; exec etspersist run");
        var worker = _shell.StartWorker(manager);
        worker.WaitFor("0");
        var name = new InstanceDirectory(root: _shell.Instances).PipeName;
        var clients = Enumerable.Range(0, Limit).Select(_ => Connect(name)).ToList();
        Wait.Until(
            () => manager.Printed().Contains("nearly all descriptors are in use", StringComparison.Ordinal),
            () => $"the manager to say that it is full. {manager.Transcript()}");
        var (exitCode, printed) = (0, "");
        Wait.Until(
            () =>
            {
                clients.Add(Connect(name)); // for what the manager has used for a moment and given back, as it does while it starts
                (exitCode, printed) = _shell.Run("etspersist health");
                return exitCode != 0;
            },
            () => $"the manager to turn a command away. {manager.Transcript()}");
        Assert.Equal(NoManager, exitCode);
        Assert.Contains("closed the connection; its log says why", printed, StringComparison.Ordinal);

        foreach (var client in clients) client.Dispose();
        Wait.Until(() => _shell.Run("etspersist health").ExitCode == 0, () => $"the manager to serve again. {manager.Transcript()}");
        Assert.Matches($"accounts +owned +{worker.Id} +billing +1 ", _shell.Run("etspersist status").Printed);
        CommandShell.End(manager);
    }

    private static NamedPipeClientStream Connect(string name)
    {
        var pipe = new NamedPipeClientStream(".", name, PipeDirection.InOut);
        pipe.Connect();
        return pipe;
    }
}
