using System.Text;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Tests.Os;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>A table in a real file that goes with the test.</summary>
internal sealed class TemporaryTable : IDisposable
{
    public static readonly CounterFormat Long = new(sizeof(long), IsSigned: true);

    private readonly TemporaryFolder _folder = new();
    private readonly List<TableFile> _others = [];

    public TemporaryTable(TableAccess access = TableAccess.Public, long maximumBytes = 256L << 20, TableKind kind = TableKind.Set)
    {
        File = TableFile.Create(_folder["words.1.ets"], "words", 1, new TableFileOptions { Kind = kind, Access = access, MaximumBytes = maximumBytes });
    }

    public TableFile File { get; }

    public string Path => File.Path;

    public string Folder => System.IO.Path.GetDirectoryName(File.Path)!;

    /// <summary>Another open instance of the same file: another participant.</summary>
    public TableFile OpenAgain(bool writable = true)
    {
        var other = TableFile.Open(Path, writable);
        _others.Add(other);
        return other;
    }

    /// <summary>Offers the table and accepts the offer in one instance.</summary>
    public static Ownership Own(TableFile file)
    {
        Assert.True(file.TryOffer(file.Ownership, out var offered));
        Assert.True(file.TryAccept(offered.Epoch));
        return file.Ownership;
    }

    public void RequireSound(long? rows = null)
    {
        var report = File.Verify();
        Assert.True(report.IsSound, report.ToString());
        if (rows is { } expected)
            Assert.Equal(expected, report.Rows);
    }

    public void Dispose()
    {
        foreach (var other in _others)
            other.Dispose();
        File.Dispose();
        _folder.Dispose();
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Bytes(long number) => BitConverter.GetBytes(number);

    /// <summary>Bytes that tell apart any two lengths and seeds.</summary>
    public static byte[] Pattern(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random((seed * 31) + length).NextBytes(bytes);
        return bytes;
    }
}
