using System.Text;

namespace EtsPersist.Mmf.Chaos.Tests;

/// <summary>A file with a text, removed after the test.</summary>
internal sealed class TemporaryText : IDisposable
{
    public TemporaryText(string text) : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public TemporaryText(byte[] text) => File.WriteAllBytes(FullName, text);

    public string FullName { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    /// <summary>Bytes in which words of all lengths, separators and invalid UTF-8 are likely.</summary>
    public static byte[] Random(int seed, int length)
    {
        var random = new Random(seed);
        var letters = "aB9 \n\0.\u00e9_-zZ0"u8.ToArray().Append((byte)0xFF).Append((byte)0xC3).ToArray();
        return [.. Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)])];
    }

    public void Dispose() => File.Delete(FullName);
}
