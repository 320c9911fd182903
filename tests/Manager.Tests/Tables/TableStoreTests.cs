using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Manager.Tests.Events;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.Tables;

/// <summary>The definition of a table is the file of its name alone: what a symbolic link leads to is neither read nor written.</summary>
public sealed class TableStoreTests : IDisposable
{
    private static readonly TableDefinition Billing = new() { Id = "accounts", FindMe = new FindMe("billing", FindMeRule.Newest) };

    private readonly InstanceDirectory _directory = new(root: RunningManager.NewRoot());
    private readonly RecordingLogger _logger = new();
    private readonly TableStore _store;
    private readonly TableLocation _location;
    private readonly TableFile _file;

    public TableStoreTests()
    {
        _directory.Create();
        _store = new TableStore(_directory, _logger);
        (_location, _file) = _store.Create(Billing);
    }

    public void Dispose()
    {
        _file.Dispose();
        Directory.Delete(_directory.Root, recursive: true);
    }

    [Fact]
    public void A_definition_is_read_as_it_was_written()
    {
        Assert.Equal(Billing.FindMe, _store.Read(_location, _file).FindMe);
        Assert.Empty(_logger.Logged);
    }

    [LinuxFact("symbolic links without a privilege")]
    public void A_definition_that_is_a_symbolic_link_is_refused_by_name_and_its_table_goes_to_any_worker()
    {
        File.Move(_location.DefinitionPath, Elsewhere);
        File.CreateSymbolicLink(_location.DefinitionPath, Elsewhere);
        Assert.Null(_store.Read(_location, _file).FindMe);
        var (name, error) = Assert.Single(_logger.Logged);
        Assert.Equal(nameof(Log.DefinitionBroken), name);
        Assert.Contains($"'{_location.DefinitionPath}' is a symbolic link", Assert.IsType<TableFormatException>(error).Message, StringComparison.Ordinal);
    }

    [LinuxFact("symbolic links without a privilege")]
    public void What_a_symbolic_link_in_the_place_of_a_definition_leads_to_is_not_written()
    {
        File.WriteAllText(Elsewhere, "mine");
        File.Delete(_location.DefinitionPath);
        File.CreateSymbolicLink(_location.DefinitionPath, Elsewhere);
        File.CreateSymbolicLink(_location.DefinitionPath + ".new", Elsewhere);
        TableStore.Write(_location, Billing);
        Assert.Equal("mine", File.ReadAllText(Elsewhere));
        Assert.Equal(Billing.FindMe, _store.Read(_location, _file).FindMe);
    }

    private string Elsewhere => Path.Join(_directory.Root, "elsewhere.json");
}
