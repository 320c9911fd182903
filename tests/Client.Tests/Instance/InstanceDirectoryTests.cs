using System.Globalization;
using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Client.Tests.Instance;

public sealed class InstanceDirectoryTests : IDisposable
{
    private readonly string _root = Path.Join(Path.GetTempPath(), $"ets-{Guid.NewGuid():N}"[..12]);

    public void Dispose()
    {
        if (Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void Everything_lies_where_the_documentation_says()
    {
        var directory = new InstanceDirectory("shop", _root);
        Assert.Equal(Path.Join(_root, "shop", "manager.lock"), directory.LockPath);
        Assert.Equal(Path.Join(_root, "shop", "tables"), directory.TablesPath);
        Assert.Equal(Path.Join(_root, "shop", "tables", "accounts.17.ets"), directory.Locate("accounts", 17).Path);
        Assert.Equal(Path.Join(_root, "shop", "tables", "accounts.17.json"), directory.Locate("accounts", 17).DefinitionPath);
        Assert.Equal($"etspersist run --instance shop --dir {_root}", directory.StartCommand);
        Assert.Equal("etspersist run", new InstanceDirectory().StartCommand);
        Assert.Equal("etspersist run --group staff", new InstanceDirectory(group: "staff").StartCommand);
    }

    [Fact]
    public void Two_directories_have_two_pipes() =>
        Assert.NotEqual(new InstanceDirectory("a", _root).PipeName, new InstanceDirectory("b", _root).PipeName);

    [Fact]
    public void A_directory_that_is_made_is_for_its_user_alone()
    {
        var directory = new InstanceDirectory("shop", _root);
        directory.Create();
        directory.Create();
        Assert.True(Directory.Exists(directory.TablesPath));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory.Path));
    }

    [LinuxFact("permissions of directories")]
    [UnsupportedOSPlatform("windows")]
    public void A_directory_that_others_may_reach_into_is_refused_with_the_remedy()
    {
        var directory = new InstanceDirectory("shop", _root);
        directory.Create();
        File.SetUnixFileMode(directory.Path, File.GetUnixFileMode(directory.Path) | UnixFileMode.OtherExecute);
        var error = Assert.Throws<InstanceDirectoryException>(directory.RequireTrusted);
        Assert.Contains($"chmod 700 '{directory.Path}'", error.Message, StringComparison.Ordinal);
        Assert.Throws<InstanceDirectoryException>(directory.Create);
    }

    [LinuxFact("groups of users")]
    [SupportedOSPlatform("linux")]
    public void A_directory_that_is_opened_to_a_group_lets_its_members_find_what_is_there_and_is_used_by_whoever_names_the_group()
    {
        var directory = new InstanceDirectory("shop", _root, OwnGroup());
        directory.Create();
        File.WriteAllText(directory.Locate("accounts", 1).Path, "");
        directory.AdmitGroup(directory.Locate("accounts", 1));
        directory.AdmitGroup();
        Assert.Equal("710 2750 2750 3770 660", string.Join(' ', ((string[])
            [_root, directory.Path, directory.TablesPath, directory.ScratchPath, directory.Locate("accounts", 1).Path]).Select(ModeOf)));
        directory.RequireTrusted();
        directory.Create();
        directory.AdmitGroup();

        var error = Assert.Throws<InstanceDirectoryException>(new InstanceDirectory("shop", _root, group: "").RequireTrusted);
        Assert.Contains("--group", error.Message, StringComparison.Ordinal);
        File.SetUnixFileMode(directory.TablesPath, File.GetUnixFileMode(directory.TablesPath) | UnixFileMode.GroupWrite);
        error = Assert.Throws<InstanceDirectoryException>(directory.RequireTrusted);
        Assert.Contains($"chmod 2750 '{directory.TablesPath}'", error.Message, StringComparison.Ordinal);
    }

    [LinuxFact("groups of users")]
    [SupportedOSPlatform("linux")]
    public void Two_groups_do_not_share_a_directory_of_instances()
    {
        var shop = new InstanceDirectory("shop", _root, OwnGroup());
        shop.Create();
        shop.AdmitGroup();
        new InstanceDirectory("own", _root, group: "").Create();
        File.SetUnixFileMode(_root, File.GetUnixFileMode(_root) & ~UnixFileMode.GroupExecute | UnixFileMode.GroupRead);
        var error = Assert.Throws<InstanceDirectoryException>(shop.AdmitGroup);
        Assert.Contains("cannot pass through it", error.Message, StringComparison.Ordinal);
    }

    [LinuxFact("groups of users")]
    public void A_group_that_is_not_there_is_refused_before_anything_is_made()
    {
        var error = Assert.Throws<InstanceDirectoryException>(new InstanceDirectory("shop", _root, "no-such-group").Create);
        Assert.Contains("'no-such-group'", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_root));
    }

    [Fact]
    public void Access_for_a_group_is_refused_where_the_system_has_none_to_give()
    {
        if (!OperatingSystem.IsWindows()) return;
        var error = Assert.Throws<InstanceDirectoryException>(new InstanceDirectory("shop", _root, "Users").Create);
        Assert.Contains("Linux only", error.Message, StringComparison.Ordinal);
    }

    [LinuxFact("symbolic links without a privilege")]
    public void A_symbolic_link_is_not_followed()
    {
        new InstanceDirectory("real", _root).Create();
        Directory.CreateSymbolicLink(Path.Join(_root, "shop"), Path.Join(_root, "real"));
        Assert.Throws<InstanceDirectoryException>(new InstanceDirectory("shop", _root).RequireTrusted);
    }

    [LinuxFact("pipes that are files")]
    public void A_path_too_long_for_a_pipe_is_refused_with_the_remedy()
    {
        var fits = new InstanceDirectory("x", "/" + new string('d', 107 - "//x/manager.pipe".Length));
        Assert.Equal(107, fits.PipeName.Length);
        var error = Assert.Throws<InstanceDirectoryException>(() => new InstanceDirectory("xx", fits.Root).PipeName);
        Assert.Contains("108 bytes; the system allows 107", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void An_instance_needs_a_name(string name) => Assert.Throws<InvalidNameException>(() => new InstanceDirectory(name, _root));

    [Fact]
    public void A_name_leads_to_its_files_whatever_its_case_latest_first()
    {
        var directory = new InstanceDirectory("shop", _root);
        directory.Create();
        foreach (var name in new[] { "Accounts.9.ets", "accounts.10.ets", "accounts.10.json", "accounts.2.7.ets", "other.99.ets", "accounts.ets", "accounts.-1.ets", ".1.ets" })
            File.WriteAllText(Path.Join(directory.TablesPath, name), "");
        Assert.Equal([10UL, 9UL], directory.FindTables("ACCOUNTS").Select(table => table.Incarnation));
        Assert.Equal(7UL, Assert.Single(directory.FindTables("accounts.2")).Incarnation);
    }

    [Fact]
    public void A_table_that_is_not_there_is_named()
    {
        var error = Assert.Throws<TableNotFoundException>(() => new InstanceDirectory("shop", _root).OpenTable("accounts", writable: false));
        Assert.Contains("'accounts'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../accounts.1.ets")]
    [InlineData("/etc/passwd")]
    [InlineData("accounts.1.json")]
    [InlineData("accounts")]
    public void What_the_other_side_calls_a_file_must_be_a_tables(string name) =>
        Assert.Throws<ProtocolException>(() => new InstanceDirectory("shop", _root).Locate(name));

    /// <summary>The group of this process, which it may give to what it owns.</summary>
    [SupportedOSPlatform("linux")]
    private string OwnGroup()
    {
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.True(PathOwner.TryRead(_root, out var owner));
        return owner.GroupId.ToString(CultureInfo.InvariantCulture);
    }

    [SupportedOSPlatform("linux")]
    private static string ModeOf(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
