using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Client.Tests;

/// <summary>A table in a real file that goes with the test, opened under any types.</summary>
internal sealed class TypedTables : IDisposable
{
    private readonly string _folder;
    private readonly List<TableFile> _files = [];

    public TypedTables(TableAccess access = TableAccess.Public, TableKind kind = TableKind.Set)
    {
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        _folder = Directory.CreateDirectory(System.IO.Path.Combine(parent, "ets-test-" + Guid.NewGuid().ToString("N"))).FullName;
        Path = System.IO.Path.Combine(_folder, "rows.1.ets");
        _files.Add(TableFile.Create(Path, "rows", 1, new TableFileOptions { Kind = kind, Access = access, MaximumBytes = 256L << 20 }));
    }

    public string Path { get; }

    /// <summary>A reader, or, of a public table, a writer.</summary>
    public EtsTable<TKey, TValue> Open<TKey, TValue>(bool writable = true) => new(OpenFile(writable));

    /// <summary>The same with rows whose key is a member.</summary>
    public EtsTable<TRow> OpenRows<TRow>(bool writable = true) => new(OpenFile(writable));

    /// <summary>An owner, as a worker becomes one.</summary>
    public EtsTable<TKey, TValue> Own<TKey, TValue>(Func<ValueTask>? release = null)
    {
        var (file, transfer) = OwnFile();
        return new EtsTable<TKey, TValue>(file, transfer, release ?? (() => ValueTask.CompletedTask));
    }

    /// <summary>The same with rows whose key is a member.</summary>
    public EtsTable<TRow> OwnRows<TRow>()
    {
        var (file, transfer) = OwnFile();
        return new EtsTable<TRow>(file, transfer, () => ValueTask.CompletedTask);
    }

    public TableFile OpenFile(bool writable)
    {
        var file = TableFile.Open(Path, writable);
        _files.Add(file);
        return file;
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
        Assert.True(TableVerifier.Verify(Path).IsSound);
        Directory.Delete(_folder, recursive: true);
    }

    private (TableFile File, Transfer Transfer) OwnFile()
    {
        var file = OpenFile(writable: true);
        Assert.True(file.TryOffer(file.Ownership, out var offered));
        Assert.True(file.TryAccept(offered.Epoch));
        return (file, new Transfer { Table = file.Name, Reason = TransferReason.Created, Epoch = offered.Epoch });
    }
}
