using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Hostile;

/// <summary>Tables that are sound, but hold other rows than the program means.</summary>
public sealed class OtherSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InstanceDirectory _directory;

    public OtherSchemaTests()
    {
        _directory = new InstanceDirectory(root: _folder["i"]);
        _directory.Create();
    }

    [Fact]
    public void Rows_of_other_types_are_refused_with_both_schemas_and_nothing_is_changed()
    {
        Create(TableAccess.Public);
        using (var table = Open<string, AccountVersion1>())
            table.Insert("account-1", AccountRows.Version1(1));
        var before = ReadFile();
        var error = Assert.Throws<TableSchemaException>(() => Open<Guid, long>().Dispose());
        Assert.Contains("accounts", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(AccountVersion1.Balance), error.Message, StringComparison.OrdinalIgnoreCase);

        Assert.True(before.AsSpan().SequenceEqual(ReadFile()), "The refused program has changed the file's header.");
        using var again = Open<string, AccountVersion2>();
        Assert.True(again.TryGet("account-1", out var row));
        Assert.Equal(new AccountVersion2("account-1", row.Balance, 1), row);
    }

    [Fact]
    public void A_table_that_no_owner_has_given_a_schema_is_not_ready()
    {
        Create(TableAccess.Protected);
        var error = Assert.Throws<TableNotReadyException>(() => Open<string, long>().Dispose());
        Assert.Contains("accounts", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string TablePath => Path.Combine(_directory.TablesPath, "accounts.1.ets");

    private void Create(TableAccess access) =>
        TableFile.Create(TablePath, "accounts", 1, new TableFileOptions { Access = access, MaximumBytes = 16 << 20 }).Dispose();

    private EtsTable<TKey, TValue> Open<TKey, TValue>() =>
        EtsTable.Open<TKey, TValue>("accounts", new EtsOpenOptions { Directory = _directory.Root });

    /// <summary>The constant part of the header, the ownership word and the schema; a writer's slot may come and go.</summary>
    private byte[] ReadFile()
    {
        using var file = File.OpenHandle(TablePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[Native.Layout.TableGeometry.HeaderBytes];
        RandomAccess.Read(file, header, 0);
        return header;
    }
}
