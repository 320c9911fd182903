using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Harness.Records;

/// <summary>Reads the lines that another process appends to a file. A last line without its end is left for later.</summary>
internal sealed class LineTail(string path) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private SafeFileHandle? _file;
    private long _position;

    /// <summary>The lines completed since the last call.</summary>
    public IEnumerable<string> ReadNew()
    {
        if (_file is null && !File.Exists(path)) yield break;
        _file ??= File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        while (RandomAccess.Read(_file, _buffer, _position) is > 0 and var read)
        {
            var end = _buffer.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            if (end == 0) yield break;
            _position += end;
            foreach (var line in Encoding.UTF8.GetString(_buffer, 0, end - 1).Split('\n')) yield return line;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
