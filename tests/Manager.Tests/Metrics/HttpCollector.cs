using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EtsPersist.Mmf.Manager.Tests.Metrics;

/// <summary>A server that takes one whole request and answers that all is well.</summary>
internal sealed class HttpCollector : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public HttpCollector()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        Received = Task.Run(ReceiveAsync);
    }

    public Uri Address { get; }

    /// <summary>The request's path, and its body byte by byte as characters.</summary>
    public Task<(string Path, string Body)> Received { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<(string Path, string Body)> ReceiveAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            try
            {
                return await AnswerAsync(client);
            }
            catch (IOException)
            {
                // The client has given this one up and comes again.
            }
        }
    }

    private static async Task<(string Path, string Body)> AnswerAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(request.ToString()))
        {
            var count = await stream.ReadAsync(buffer);
            if (count == 0) throw new IOException("The client went away.");
            request.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        var text = request.ToString();
        return (text.Split(' ')[1], text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }

    private static bool IsWhole(string request)
    {
        const string Length = "Content-Length: ";
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var line = request[..end].Split("\r\n").FirstOrDefault(header => header.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        return line is null || request.Length - end - 4 >= int.Parse(line[Length.Length..], CultureInfo.InvariantCulture);
    }
}
