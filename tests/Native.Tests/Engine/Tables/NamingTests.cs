namespace EtsPersist.Mmf.Native.Tests;

public sealed class NamingTests : IDisposable
{
    private readonly TemporaryTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_new_name_shows_in_every_open_instance_and_in_later_ones()
    {
        var reader = _table.OpenAgain(writable: false);
        Assert.Equal("words", reader.Name);
        foreach (var name in new[] { "phrases", "p", new string('x', 100), "words" })
        {
            _table.File.SetName(name);
            Assert.Equal((name, name, name), (_table.File.Name, reader.Name, _table.OpenAgain().Name));
        }
    }

    [Fact]
    public void Errors_name_the_table_as_it_is_called_now()
    {
        _table.File.SetName("phrases");
        _table.File.MarkDropped();
        Assert.Contains("'phrases'", Assert.Throws<TableDroppedException>(() => _table.File.Get("a"u8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_cannot_be_one_changes_nothing()
    {
        Assert.Throws<InvalidNameException>(() => _table.File.SetName(""));
        Assert.Throws<InvalidNameException>(() => _table.File.SetName(new string('x', 101)));
        Assert.Throws<InvalidNameException>(() => _table.File.SetName("größe"));
        Assert.Throws<TableAccessException>(() => _table.OpenAgain(writable: false).SetName("phrases"));
        Assert.Equal("words", _table.File.Name);
    }
}
