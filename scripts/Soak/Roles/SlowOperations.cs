using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Soak;

/// <summary>When operations that took long began and ended, a line each, by one write.</summary>
internal sealed class SlowOperations(string path) : IDisposable
{
    private const long Slow = 300_000;
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    private readonly byte[] _line = new byte[64];
    private long _end;

    /// <summary>Notes an operation if it was slow; whether it was.</summary>
    public bool Note(long began, long ended)
    {
        if (ended - began < Slow) return false;
        Utf8.TryWrite(_line, $"{began} {ended}\n", out var length);
        RandomAccess.Write(_file, _line.AsSpan(0, length), _end);
        _end += length;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
