using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed class TableFileHandleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_belongs_to_its_user_alone()
    {
        using var file = TableFileHandle.CreateNew(_folder["a.ets"]);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["a.ets"]));
    }

    [Fact]
    public void Creating_a_file_that_exists_is_refused_and_leaves_it_alone()
    {
        File.WriteAllText(_folder["a.ets"], "old");
        var error = Assert.Throws<TableExistsException>(() => TableFileHandle.CreateNew(_folder["a.ets"]));
        Assert.Contains(_folder["a.ets"], error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(_folder["a.ets"]));
    }

    [Fact]
    public void Opening_what_is_not_there_says_so() =>
        Assert.Throws<TableNotFoundException>(() => TableFileHandle.Open(_folder["none.ets"], writable: false));

    [Fact]
    public void Creating_in_a_folder_that_is_not_there_says_so() =>
        Assert.Throws<TableNotFoundException>(() => TableFileHandle.CreateNew(_folder["none/a.ets"]));

    [LinuxFact("symbolic links without a privilege")]
    public void A_symbolic_link_is_refused_for_opening_and_for_creating()
    {
        File.WriteAllText(_folder["real.ets"], "");
        File.CreateSymbolicLink(_folder["link.ets"], _folder["real.ets"]);
        File.CreateSymbolicLink(_folder["dangling.ets"], _folder["nothing.ets"]);
        Assert.Throws<TableFormatException>(() => TableFileHandle.Open(_folder["link.ets"], writable: true));
        Assert.Throws<TableExistsException>(() => TableFileHandle.CreateNew(_folder["dangling.ets"]));
        Assert.False(File.Exists(_folder["nothing.ets"]));
    }

    [Fact]
    public void A_directory_or_a_device_is_no_table()
    {
        Directory.CreateDirectory(_folder["folder.ets"]);
        Assert.Throws<TableFormatException>(() => TableFileHandle.Open(_folder["folder.ets"], writable: false));
        Assert.Throws<TableFormatException>(() => TableFileHandle.Open(_folder["folder.ets"], writable: true));
        if (OperatingSystem.IsLinux())
            Assert.Throws<TableFormatException>(() => TableFileHandle.Open("/dev/null", writable: true));
    }

    [LinuxFact("FIFOs in file systems")]
    public void A_fifo_in_the_place_of_a_table_does_not_hang_the_open()
    {
        Commands.Run("mkfifo", _folder["fifo.ets"]);
        Assert.Throws<TableFormatException>(() => TableFileHandle.Open(_folder["fifo.ets"], writable: false));
        Assert.Throws<TableFormatException>(() => TableFileHandle.Open(_folder["fifo.ets"], writable: true));
    }

    [Fact]
    public void A_length_costs_no_space_and_a_reservation_costs_just_its_bytes()
    {
        using var file = TableFileHandle.CreateNew(_folder["a.ets"]);
        TableFileHandle.SetLength(file, _folder["a.ets"], 1L << 30);
        Assert.Equal(1L << 30, TableFileHandle.GetLength(file));
        Assert.Equal(0, Commands.AllocatedBytes(_folder["a.ets"]));

        TableFileHandle.Reserve(file, _folder["a.ets"], 8 << 20, 3 << 20);
        Assert.Equal(1L << 30, TableFileHandle.GetLength(file));
        Assert.Equal(3 << 20, Commands.AllocatedBytes(_folder["a.ets"]));
    }

    [Fact]
    public void A_reservation_keeps_what_is_stored_already()
    {
        using var file = TableFileHandle.CreateNew(_folder["a.ets"]);
        TableFileHandle.SetLength(file, _folder["a.ets"], 1 << 24);
        RandomAccess.Write(file, [1, 2, 3], 70_000);
        TableFileHandle.Reserve(file, _folder["a.ets"], 0, 1 << 20);
        var bytes = new byte[3];
        RandomAccess.Read(file, bytes, 70_000);
        Assert.Equal([1, 2, 3], bytes);
    }

    [Fact]
    public void A_rename_replaces_nothing()
    {
        File.WriteAllText(_folder["new"], "new");
        File.WriteAllText(_folder["taken"], "old");
        Assert.Throws<TableExistsException>(() => TableFileHandle.RenameNoReplace(_folder["new"], _folder["taken"]));
        Assert.Equal("old", File.ReadAllText(_folder["taken"]));

        TableFileHandle.RenameNoReplace(_folder["new"], _folder["free"]);
        Assert.Equal("new", File.ReadAllText(_folder["free"]));
        Assert.False(File.Exists(_folder["new"]));
        Assert.Throws<TableNotFoundException>(() => TableFileHandle.RenameNoReplace(_folder["new"], _folder["other"]));
    }

    [Fact]
    public void The_file_system_of_the_default_place_is_accepted()
    {
        using var file = TableFileHandle.CreateNew(_folder["a.ets"]);
        TableFileHandle.RequireSupportedFileSystem(file, _folder["a.ets"]);
    }

    [LinuxFact("a file of another file system")]
    public void A_file_system_that_cannot_reserve_is_refused_by_name()
    {
        const string Path = "/proc/self/status";
        using var file = TableFileHandle.Open(Path, writable: false);
        var error = Assert.Throws<UnsupportedFileSystemException>(() => TableFileHandle.RequireSupportedFileSystem(file, Path));
        Assert.Contains("proc,", error.Message, StringComparison.Ordinal);
        Assert.Contains("tmpfs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_positive()
    {
        Assert.True(TableFileHandle.FileSizeLimit > 0);
        Assert.True(TableFileHandle.AddressSpaceLimit > 0);
    }
}
