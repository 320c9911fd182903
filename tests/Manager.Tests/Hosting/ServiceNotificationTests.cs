using System.Net.Sockets;
using System.Text;
using EtsPersist.Mmf.Manager.Hosting;

namespace EtsPersist.Mmf.Manager.Tests.Hosting;

public sealed class ServiceNotificationTests
{
    [LinuxFact("systemd")]
    public void A_service_manager_is_told_each_step_on_its_socket()
    {
        using var socket = new NotificationSocket();
        using var notification = new ServiceNotification(socket.Path);
        notification.Ready("Serving instance shop");
        Assert.Equal("READY=1\nSTATUS=Serving instance shop", socket.Receive());
        notification.Reloading();
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[0-9]+\nSTATUS=", socket.Receive());
        notification.Stopping();
        Assert.StartsWith("STOPPING=1\n", socket.Receive(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/no/such/socket")]
    public void Without_a_service_manager_nothing_happens(string? path)
    {
        using var notification = new ServiceNotification(path);
        notification.Ready("Serving");
    }

    private sealed class NotificationSocket : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };

        public NotificationSocket() => _socket.Bind(new UnixDomainSocketEndPoint(Path));

        public string Path { get; } = System.IO.Path.Join(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}"[..12]);

        public string Receive()
        {
            var buffer = new byte[1000];
            return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
        }

        public void Dispose()
        {
            _socket.Dispose();
            File.Delete(Path);
        }
    }
}
