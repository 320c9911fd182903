using System.Collections.Concurrent;
using System.Text.Json;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Events;

/// <summary>
/// Events for programs: one JSON object a line, each line by one write. A thread of its own writes, so that a slow disk delays no hand-over;
/// the time in a line is that of the event.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private readonly BlockingCollection<ManagerEvent> _pending = [];
    private readonly FileStream _file;
    private readonly Action<Exception> _onError;
    private readonly Thread _writer;

    /// <summary>Opens the file, replacing what it held. <paramref name="onError"/> hears of the first write that fails; then there are none.</summary>
    public EventFile(string path, Action<Exception> onError)
    {
        _onError = onError;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _writer = new Thread(Run) { IsBackground = true, Name = "etspersist events" };
        _writer.Start();
    }

    public void Write(in ManagerEvent happened)
    {
        try
        {
            _pending.Add(happened);
        }
        catch (InvalidOperationException)
        {
            // The manager stops.
        }
    }

    public void Dispose()
    {
        _pending.CompleteAdding();
        _writer.Join();
        _pending.Dispose();
        _file.Dispose();
    }

    private void Run()
    {
        var isWritable = true;
        foreach (var happened in _pending.GetConsumingEnumerable())
        {
            if (!isWritable) continue;
            try
            {
                _file.Write(ToLine(in happened));
            }
            catch (IOException error)
            {
                isWritable = false;
                _onError(error);
            }
        }
    }

    private static byte[] ToLine(in ManagerEvent happened)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("event", happened.Name);
            if (happened.Table is { } table) json.WriteString("table", table);
            if (happened.ProcessId is { } processId) json.WriteNumber("pid", processId);
            if (happened.Role is { } role) json.WriteString("role", role);
            if (happened.Epoch is { } epoch) json.WriteNumber("epoch", epoch);
            if (happened.Reason is { } reason) json.WriteString("reason", reason.ToString());
            json.WriteNumber("monotonicNs", MonotonicClock.FromTimestamp(happened.Timestamp));
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
