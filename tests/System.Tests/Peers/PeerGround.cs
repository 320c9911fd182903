using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>A public table in a folder of its own, what peers acknowledge beside it, and the peers.</summary>
internal sealed class PeerGround : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="isCompact">Whether rows have 8 bytes of key and of value, and so lie in the buckets.</param>
    public PeerGround(bool isCompact = false)
    {
        Counters = SharedCounters.Create(CountersPath);
        Table = TableFile.Create(Path, "ground", 1, new TableFileOptions { Access = TableAccess.Public });
        if (isCompact)
            Table.DecideRowFormat(Stamp.Small, Stamp.Small);
    }

    public TableFile Table { get; }

    public SharedCounters Counters { get; }

    public string Path => _folder["ground.ets"];

    private string CountersPath => _folder["acknowledged"];

    /// <summary>Inserts the rows of a domain that are always there, and answers their keys.</summary>
    public byte[][] InsertStable(string domain, int rows)
    {
        var keys = new RowKeys(domain, rows).Stable;
        var stamp = new byte[Stamp.Small];
        Stamp.Write(stamp, 0, 0);
        foreach (var key in keys)
            Table.Insert(key, stamp);
        return keys;
    }

    public PeerProcess StartWriter() => Start("writer");

    /// <summary>The command line of a writer, for a program that starts it.</summary>
    public string[] WriterCommand => [.. PeerProcess.Command, .. ArgumentsOf("writer")];

    public ReaderProcess StartReader(string domain, int rows) =>
        new(Start("reader", "--domain", domain, "--rows", $"{rows}", "--place", $"{ReaderProcess.Place}"), Counters);

    public PeerProcess StartBatchWriter(string domain, int keys) =>
        Start("batch-writer", "--domain", domain, "--keys", $"{keys}", "--place", "0");

    public ReaderProcess StartBatchReader(string domain, int keys) =>
        new(Start("batch-reader", "--domain", domain, "--keys", $"{keys}", "--place", $"{ReaderProcess.Place}"), Counters);

    /// <summary>Waits until a writer has acknowledged an operation in its place.</summary>
    public void WaitForOperation(long sequence, PeerProcess writer, int place = 0)
    {
        Wait.Until(() => Counters[place] >= sequence || writer.HasExited, () => $"operation {sequence}. {writer.Transcript()}");
        Assert.True(Counters[place] >= sequence, writer.Transcript());
    }

    /// <summary>The table must be sound, and count what is there.</summary>
    public VerifyReport RequireSound(string context = "")
    {
        var report = Table.Verify();
        Assert.True(report.IsSound, $"{report} {context}");
        Assert.Equal(report.Rows, Table.Count);
        return report;
    }

    public void Dispose()
    {
        Table.Dispose();
        Counters.Dispose();
        _folder.Dispose();
    }

    private PeerProcess Start(string command, params string[] options) => PeerProcess.Start(ArgumentsOf(command, options));

    private string[] ArgumentsOf(string command, params string[] options) => [command, "--file", Path, "--counters", CountersPath, .. options];
}
