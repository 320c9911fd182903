using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf.Client.Tests.Session;

public sealed class RehearsalTests : IDisposable
{
    private readonly InstanceDirectory _directory = new("rehearsal", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

    [Fact]
    public void It_leaves_no_file_behind()
    {
        _directory.Create();
        Rehearsal.Play<string, long>(_directory);
        Rehearsal.Play<long, long>(_directory);
        Rehearsal.Play<Guid, byte[]>(_directory);
        Rehearsal.Play<byte[], string>(_directory);
        Rehearsal.Play<string, (long, string)>(_directory);
        Assert.Empty(Directory.GetFiles(_directory.TablesPath));
    }

    [Fact]
    public void Types_that_cannot_be_rows_are_left_to_the_work_to_refuse()
    {
        _directory.Create();
        Rehearsal.Play<object, Action>(_directory);
        Assert.Empty(Directory.GetFiles(_directory.TablesPath));
    }

    [Fact]
    public void A_directory_that_is_gone_is_left_to_the_work_to_find() => Rehearsal.Play<string, int>(_directory);

    public void Dispose()
    {
        if (Directory.Exists(_directory.Root)) Directory.Delete(_directory.Root, recursive: true);
    }
}
