using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Shorter words for what tests ask a table.</summary>
internal static class TableFileReads
{
    /// <summary>The value of a key, or null.</summary>
    public static byte[]? Get(this TableFile table, ReadOnlySpan<byte> key)
    {
        var destination = new byte[64];
        while (true)
        {
            switch (table.Read(key, destination, out var length))
            {
                case ReadStatus.Found:
                    return destination[..length];
                case ReadStatus.Missing:
                    return null;
                default:
                    destination = new byte[length];
                    break;
            }
        }
    }

    public static void RequireValue(this TableFile table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> expected)
    {
        var value = table.Get(key);
        Assert.NotNull(value);
        Assert.Equal(expected, value.AsSpan());
    }

    public static long? GetLong(this TableFile table, ReadOnlySpan<byte> key) => table.Get(key) is { } value ? BitConverter.ToInt64(value) : null;

    /// <summary>All rows of a scan, in its order, twice if it gives one twice.</summary>
    public static List<(byte[] Key, byte[] Value)> Rows(this TableFile table)
    {
        var rows = new List<(byte[], byte[])>();
        var page = new ScanPage();
        var cursor = 0UL;
        bool more;
        do
        {
            more = table.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
                rows.Add((page.Key(row).ToArray(), page.Value(row).ToArray()));
        }
        while (more);
        return rows;
    }
}
