using System.Text.Json;
using EtsPersist.Mmf.Files;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Manager.Inspection;

/// <summary>A table that is looked into from outside, by its file alone: no manager need run and nothing is stored.</summary>
internal sealed class InspectedTable : IDisposable
{
    private readonly TableSchema? _schema;

    private InspectedTable(TableFile file)
    {
        File = file;
        var schema = file.ReadSchema();
        LoadMark.RequireNone(file, schema);
        _schema = schema.Length == 0 ? null : TableSchema.Decode(schema);
    }

    public TableFile File { get; }

    /// <summary>Whether an owner has said what the rows are; before that there are none.</summary>
    public bool HasSchema => _schema is not null;

    /// <summary>What the rows are made of.</summary>
    /// <exception cref="TableNotReadyException">No owner has said so yet.</exception>
    public TableSchema Schema => _schema
        ?? throw new TableNotReadyException(
            $"Table '{File.Name}' has no rows yet: no owner has given it a schema. A worker that owns it does.");

    /// <summary>Whether the rows have an order.</summary>
    public bool IsOrdered => File.IsOrdered;

    private CodecUse KeyUse => IsOrdered ? CodecUse.OrderedKey : CodecUse.HashKey;

    /// <summary>Opens the table of a name.</summary>
    public static InspectedTable Open(InstanceDirectory directory, string name) => Open(directory.OpenTable(name, writable: false));

    /// <summary>Opens a table by its name, or by the path of its file.</summary>
    /// <exception cref="TableNotFoundException">Neither is there.</exception>
    public static InspectedTable OpenFileOrTable(InstanceDirectory directory, string nameOrPath) =>
        Open(TableFile.Open(Locate(directory, nameOrPath), writable: false));

    /// <summary>
    /// The path that a name or a path means. What holds a separator is a path; anything else is a name if there is a table of it.
    /// </summary>
    public static string Locate(InstanceDirectory directory, string nameOrPath)
    {
        if (nameOrPath.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar)) return nameOrPath;
        try
        {
            using var file = directory.OpenTable(nameOrPath, writable: false);
            return file.Path;
        }
        catch (Exception error) when (error is TableNotFoundException or InvalidNameException && System.IO.File.Exists(nameOrPath))
        {
            return nameOrPath;
        }
    }

    /// <summary>The stored bytes of a key that a person wrote.</summary>
    /// <exception cref="KeyTextException">It is none.</exception>
    public byte[] EncodeKey(string text) => KeyJson.Encode(Schema.Key, text, KeyUse);

    public void WriteKey(Utf8JsonWriter json, byte[] key) => RowJson.Write(json, Schema.Key, key, KeyUse);

    public void WriteValue(Utf8JsonWriter json, byte[] value) => RowJson.Write(json, Schema.Value, value, CodecUse.Value);

    /// <summary>
    /// All rows from a key on, or from the first: in the order of the keys where the table has one, else in the table's own.
    /// </summary>
    public IEnumerable<StoredRow> Rows(byte[]? from)
    {
        if (!HasSchema) return [];
        return IsOrdered ? OrderedRows(from) : HashedRows(from);
    }

    /// <summary>The rows of a key: several in a bag, in the order of their insertion.</summary>
    public IReadOnlyList<StoredRow> Lookup(byte[] key)
    {
        var page = new ScanPage();
        File.Lookup(key, page);
        return RowsOf(page);
    }

    public void Dispose() => File.Dispose();

    private static InspectedTable Open(TableFile file)
    {
        try
        {
            return new InspectedTable(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private IEnumerable<StoredRow> OrderedRows(byte[]? from)
    {
        var page = new ScanPage();
        var cursor = default(RangeCursor);
        bool more;
        do
        {
            var low = from is null ? KeyBound.None : KeyBound.Inclusive(from);
            more = File.ScanRange(ref cursor, low, KeyBound.None, backward: false, page);
            foreach (var row in RowsOf(page)) yield return row;
        }
        while (more);
    }

    private IEnumerable<StoredRow> HashedRows(byte[]? from)
    {
        var page = new ScanPage();
        var cursor = 0UL;
        var isSkipping = from is not null;
        bool more;
        do
        {
            more = File.Scan(ref cursor, page);
            foreach (var row in RowsOf(page))
            {
                if (isSkipping && !row.Key.AsSpan().SequenceEqual(from)) continue;
                isSkipping = false;
                yield return row;
            }
        }
        while (more);
    }

    private static StoredRow[] RowsOf(ScanPage page)
    {
        var rows = new StoredRow[page.Count];
        for (var row = 0; row < rows.Length; row++) rows[row] = new StoredRow(page.Key(row).ToArray(), page.Value(row).ToArray());
        return rows;
    }
}
