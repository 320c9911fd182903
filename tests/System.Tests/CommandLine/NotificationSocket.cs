using System.Net.Sockets;
using System.Text;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.CommandLine;

/// <summary>The socket on which a service manager such as systemd is told how a service stands.</summary>
internal sealed class NotificationSocket : IDisposable
{
    public const string Variable = "NOTIFY_SOCKET";

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
    {
        ReceiveTimeout = (int)Wait.Limit.TotalMilliseconds,
    };

    public NotificationSocket(string path) => _socket.Bind(new UnixDomainSocketEndPoint(path));

    /// <summary>The lines of the next datagram.</summary>
    public string[] Receive()
    {
        var buffer = new byte[1000];
        return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer)).Split('\n');
    }

    public void Dispose() => _socket.Dispose();
}
