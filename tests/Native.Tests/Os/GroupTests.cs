using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

[SupportedOSPlatform("linux")]
public sealed class GroupTests : IDisposable
{
    private const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact("groups of users")]
    public void A_group_is_found_by_its_name_and_by_its_number()
    {
        Assert.True(UserGroup.TryFind("root", out var root));
        Assert.Equal(0u, root);
        Assert.True(UserGroup.TryFind("23100", out var number));
        Assert.Equal(23_100u, number);
        Assert.False(UserGroup.TryFind("no-such-group", out _));
        Assert.False(UserGroup.TryFind("-1", out _));
    }

    [LinuxFact("groups of users")]
    public void A_process_is_in_its_own_group() => Assert.True(UserGroup.HasCurrentUser(OwnGroup()));

    [LinuxFact("groups of users")]
    public void A_file_is_given_to_a_group_with_its_permissions_whatever_the_umask_is()
    {
        File.WriteAllText(_folder["a.ets"], "");
        PathOwner.GiveToGroup(_folder["a.ets"], OwnGroup(), Shared);
        Assert.True(PathOwner.TryRead(_folder["a.ets"], out var owner));
        Assert.Equal(new PathOwner(PathOwner.CurrentUserId, OwnGroup(), IsDirectory: false, Shared), owner);
        using var created = TableFileHandle.CreateNew(_folder["b.ets"], isForGroup: true);
        Assert.Equal(Shared, File.GetUnixFileMode(_folder["b.ets"]));
    }

    [LinuxFact("symbolic links without a privilege")]
    public void What_a_symbolic_link_leads_to_is_not_given_away()
    {
        File.WriteAllText(_folder["real"], "");
        var before = File.GetUnixFileMode(_folder["real"]);
        File.CreateSymbolicLink(_folder["link"], _folder["real"]);
        Assert.Throws<TableAccessException>(() => PathOwner.GiveToGroup(_folder["link"], OwnGroup(), Shared));
        Assert.Equal(before, File.GetUnixFileMode(_folder["real"]));
        var error = Assert.Throws<TableNotFoundException>(() => PathOwner.GiveToGroup(_folder["none"], OwnGroup(), Shared));
        Assert.Contains(_folder["none"], error.Message, StringComparison.Ordinal);
    }

    private uint OwnGroup()
    {
        File.WriteAllText(_folder["own"], "");
        Assert.True(PathOwner.TryRead(_folder["own"], out var owner));
        return owner.GroupId;
    }
}
