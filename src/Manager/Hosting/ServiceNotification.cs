using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Hosting;

/// <summary>
/// Tells the service manager that started this process how it stands, in the way of systemd's <c>Type=notify-reload</c>: a datagram of
/// lines to the socket that <c>NOTIFY_SOCKET</c> names. Without one, nothing is done.
/// </summary>
/// <remarks>Threads: any. Blocking: none. Failure: none; a service manager that does not listen is no reason not to serve.</remarks>
internal sealed class ServiceNotification : IDisposable
{
    public const string SocketVariable = "NOTIFY_SOCKET";

    private readonly Socket? _socket;
    private readonly EndPoint? _manager;

    public ServiceNotification() : this(Environment.GetEnvironmentVariable(SocketVariable)) { }

    /// <summary>Notifies the socket of a path; a leading <c>@</c> stands for the zero byte of an abstract one.</summary>
    public ServiceNotification(string? path)
    {
        if (string.IsNullOrEmpty(path) || !OperatingSystem.IsLinux()) return;
        _manager = new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    }

    /// <summary>It serves, or stands by to: either way its start is done.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>It reads its configuration again; <see cref="Ready"/> follows.</summary>
    public void Reloading()
    {
        var microseconds = (MonotonicClock.Now / 1000).ToString(CultureInfo.InvariantCulture);
        Send($"RELOADING=1\nMONOTONIC_USEC={microseconds}\nSTATUS=Reading the configuration");
    }

    /// <summary>It ends.</summary>
    public void Stopping() => Send("STOPPING=1\nSTATUS=Stopping; owners keep their tables");

    public void Dispose() => _socket?.Dispose();

    private void Send(string lines)
    {
        if (_socket is null) return;
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(lines), _manager!);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Nobody listens any more, or does not keep up.
        }
    }
}
