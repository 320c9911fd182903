using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>An instance's directory with one small table in it, for one run of an operation.</summary>
/// <param name="root">The directory of the instance.</param>
/// <param name="arguments">What the test gives to the operation.</param>
internal sealed class SteppingGround(string root, PeerArguments arguments)
{
    private const string Table = "stepped";

    private readonly InstanceDirectory _directory = new(root: root);

    public string Path => System.IO.Path.Join(_directory.TablesPath, $"{Table}.1.ets");

    /// <summary>A new table that is closed again.</summary>
    public void Create(TableAccess access, TableKind kind = TableKind.Set)
    {
        _directory.Create();
        TableFile.Create(Path, Table, 1, new TableFileOptions { Kind = kind, Access = access, MaximumBytes = 16 << 20 }).Dispose();
    }

    /// <summary>Opens the table under types; the first one to do so binds them.</summary>
    public EtsTable<TKey, TValue> Open<TKey, TValue>() => EtsTable.Open<TKey, TValue>(Table, new EtsOpenOptions { Directory = root });

    /// <summary>Opens the table as bytes.</summary>
    public TableFile Open() => TableFile.Open(Path, writable: true);

    /// <summary>A table as the test has left it for this operation.</summary>
    public void CopyFromTest()
    {
        _directory.Create();
        File.Copy(arguments.Text("template"), Path);
    }

    /// <summary>The table as it is now, beside it.</summary>
    public SteppingGround Copy()
    {
        var copy = new SteppingGround($"{root}-copy", arguments);
        copy._directory.Create();
        File.Copy(Path, copy.Path);
        return copy;
    }

    /// <summary>The stores that the test has left for this operation: an offset and a word a line.</summary>
    public string[] StoresFromTest() => File.ReadAllLines(arguments.Text("stores"));

    public void Delete() => Directory.Delete(root, recursive: true);
}
