using System.Globalization;
using EtsPersist.Mmf.Native.Layout;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>What of a table is mapped into a process before it needs it.</summary>
public sealed class TouchTests : IDisposable
{
    private const int Rows = 50_000;
    private readonly TemporaryTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_touched_table_has_its_index_in_memory_and_all_its_rows()
    {
        Fill();
        var other = _table.OpenAgain();
        var before = ResidentBytes();
        other.Touch();
        if (OperatingSystem.IsLinux())
            Assert.InRange(ResidentBytes() - before, (Rows / Bucket.Lanes * TableGeometry.BucketBytes), long.MaxValue);
        Assert.Equal(Rows, other.Count);
        Assert.Equal(7, other.GetLong(Bytes(7L)));
        _table.RequireSound(Rows);
    }

    [Fact]
    public void A_table_that_only_can_be_read_is_touched_too()
    {
        Fill();
        var reader = _table.OpenAgain(writable: false);
        reader.Touch();
        Assert.Equal(7, reader.GetLong(Bytes(7L)));
    }

    [Fact]
    public void A_closed_table_is_left_alone()
    {
        var other = _table.OpenAgain();
        other.Dispose();
        other.Touch();
    }

    private void Fill()
    {
        for (var row = 0L; row < Rows; row++)
            _table.File.Insert(Bytes(row), Bytes(row));
    }

    /// <summary>How much of the table's file this process has mapped, by all its mappings together.</summary>
    private long ResidentBytes()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var (isTable, kilobytes) = (false, 0L);
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.StartsWith("Rss:", StringComparison.Ordinal) && isTable)
                kilobytes += long.Parse(line["Rss:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture);
            else if (line.Contains('-', StringComparison.Ordinal) && line.Contains('/', StringComparison.Ordinal))
                isTable = line.EndsWith(_table.Path, StringComparison.Ordinal);
        }
        return kilobytes * 1024;
    }
}
