using System.Text.Json;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Events;

/// <summary>Events for programs, behind those that the file has: one JSON object a line, each line by one write. Threads: one at a time.</summary>
internal sealed class EventFile(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    private readonly MemoryStream _line = new(256);

    public void Write(in ManagerEvent happened)
    {
        _line.SetLength(0);
        using (var json = new Utf8JsonWriter(_line))
        {
            json.WriteStartObject();
            json.WriteString("event", happened.Name);
            if (happened.Table is { } table) json.WriteString("table", table);
            if (happened.NewName is { } newName) json.WriteString("newName", newName);
            if (happened.ProcessId is { } processId) json.WriteNumber("pid", processId);
            if (happened.Role is { } role) json.WriteString("role", role);
            if (happened.Epoch is { } epoch) json.WriteNumber("epoch", epoch);
            if (happened.Reason is { } reason) json.WriteString("reason", ValueName.Of(reason));
            if (happened.ExitStatus is { } exitStatus) json.WriteNumber("exitStatus", exitStatus);
            json.WriteNumber("monotonicNs", MonotonicClock.FromTimestamp(happened.Timestamp));
            json.WriteEndObject();
        }
        _line.WriteByte((byte)'\n');
        _file.Write(_line.GetBuffer().AsSpan(0, (int)_line.Length));
    }

    public void Dispose()
    {
        _file.Dispose();
        _line.Dispose();
    }
}
