using EtsPersist.Mmf.Files;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Client.Tests.Files;

/// <summary>Public tables in a folder that goes with the test, and what is saved of them.</summary>
internal sealed class SavedTables : IDisposable
{
    public const int SmallBlock = 64;

    private readonly List<TableFile> _files = [];

    public SavedTables()
    {
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Folder = Directory.CreateDirectory(Path.Combine(parent, "ets-test-" + Guid.NewGuid().ToString("N"))).FullName;
    }

    public string Folder { get; }

    /// <summary>An empty table of bytes; as entries where both lengths are fixed.</summary>
    public TableFile Create(TableKind kind, int keyBytes = -1, int valueBytes = -1)
    {
        var name = $"rows{_files.Count}";
        var options = new TableFileOptions { Kind = kind, Access = TableAccess.Public, MaximumBytes = 64L << 20 };
        var file = TableFile.Create(Path.Combine(Folder, $"{name}.1.ets"), name, 1, options);
        _files.Add(file);
        file.DecideRowFormat(keyBytes, valueBytes);
        return file;
    }

    /// <summary>The bytes of the file that a table is saved to.</summary>
    public static async Task<byte[]> SaveAsync(TableFile table, int keyBytes = -1, int valueBytes = -1, int blockBytes = SmallBlock)
    {
        var schema = TableSchema.Of(Codecs.ForKey<byte[]>(), Codecs.ForValue<byte[]>()).Encode();
        var header = new FileHeader(table.Name, table.Kind, table.Access, table.Capacity, keyBytes, valueBytes, schema, DateTime.UnixEpoch);
        using var stream = new MemoryStream();
        await TableSaver.WriteAsync(table, header, stream, blockBytes, null, CancellationToken.None);
        return stream.ToArray();
    }

    /// <summary>Reads bytes as a file and gives each row to the action.</summary>
    public static async Task<EtsFileInfo> ReadAsync(byte[] bytes, RowAction action)
    {
        using var stream = new MemoryStream(bytes);
        await using var file = await SavedFile.OpenAsync(stream, "saved", CancellationToken.None);
        await file.ReadAsync(EtsFilePhase.Verifying, action, null, CancellationToken.None);
        return file.Info;
    }

    /// <summary>All rows of a table in the order of its scan, as text.</summary>
    public static List<string> RowsOf(TableFile table)
    {
        var rows = new List<string>();
        var page = new ScanPage();
        var cursor = 0UL;
        bool more;
        do
        {
            more = table.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
                rows.Add($"{Convert.ToHexString(page.Key(row))}={Convert.ToHexString(page.Value(row))}");
        }
        while (more);
        return rows;
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
