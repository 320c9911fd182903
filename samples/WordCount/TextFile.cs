using Microsoft.Win32.SafeHandles;

namespace WordCount;

/// <summary>A file of text that is read in pieces which end between words. The length is the one found at opening.</summary>
public sealed class TextFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[64 * 1024];

    /// <summary>Opens the file for reading.</summary>
    public TextFile(string path)
    {
        Path = path;
        _file = File.OpenHandle(path);
        Length = RandomAccess.GetLength(_file);
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>How many bytes it has.</summary>
    public long Length { get; }

    /// <summary>Reads the piece at an offset: <paramref name="size"/> bytes, and on to the end of the word that they end in.</summary>
    /// <returns>Bytes that are valid until the next call; empty at the end of the file.</returns>
    public ReadOnlySpan<byte> ReadPiece(long offset, int size)
    {
        var length = ReadMore(offset, 0, size);
        while (length > 0 && offset + length < Length && WordCounter.WordBytes.Contains(_buffer[length - 1]))
        {
            var more = ReadMore(offset, length, Math.Max(size, length));
            var restOfWord = _buffer.AsSpan(length, more).IndexOfAnyExcept(WordCounter.WordBytes);
            if (restOfWord >= 0) return _buffer.AsSpan(0, length + restOfWord);
            length += more;
        }
        return _buffer.AsSpan(0, length);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private int ReadMore(long offset, int have, int want)
    {
        want = (int)Math.Min(want, Length - offset - have);
        if (have > Array.MaxLength - want)
            throw new InvalidDataException($"{Path}: the word at byte {offset} is longer than {Array.MaxLength} bytes.");
        var needed = have + want;
        if (needed > _buffer.Length) Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(needed, _buffer.Length * 2L)));
        for (var done = 0; done < want;)
        {
            var read = RandomAccess.Read(_file, _buffer.AsSpan(have + done, want - done), offset + have + done);
            if (read == 0) throw new EndOfStreamException($"{Path}: became shorter than {Length} bytes while it was read.");
            done += read;
        }
        return want;
    }
}
