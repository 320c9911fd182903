using System.IO.Pipes;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed class PeerCredentialsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_kernel_names_the_peer_of_a_pipe()
    {
        var name = OperatingSystem.IsWindows() ? "ets-test-" + Guid.NewGuid().ToString("N") : _folder["pipe"];
        await using var server = Server(name);
        await using var client = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
        await Task.WhenAll(server.WaitForConnectionAsync(), client.ConnectAsync());

        using var peer = PeerCredentials.Read(server);
        Assert.Equal(ProcessIdentity.Current, peer.Process);
        Assert.Equal((Environment.ProcessId, ProcessIdentity.Current.StartTime), (peer.ProcessId, peer.StartTime));
        Assert.True(peer.IsSameUser);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(Commands.Run("id", "-u").Trim(), peer.UserId);
            Assert.NotNull(peer.Pidfd);
        }
    }

    [Fact]
    public async Task The_pipe_still_works_after_the_question()
    {
        var name = OperatingSystem.IsWindows() ? "ets-test-" + Guid.NewGuid().ToString("N") : _folder["pipe"];
        await using var server = Server(name);
        await using var client = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
        await Task.WhenAll(server.WaitForConnectionAsync(), client.ConnectAsync());
        PeerCredentials.Read(server).Dispose();
        var received = new byte[1];
        var reading = server.ReadExactlyAsync(received); // Windows buffers nothing here: a write ends with the read
        await client.WriteAsync(new byte[] { 42 });
        await reading;
        Assert.Equal(42, received[0]);
    }

    private static NamedPipeServerStream Server(string name) =>
        new(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
}
