using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf;

/// <summary>Who may reach into an instance: its user alone, or also the group that was named on both sides.</summary>
/// <remarks>
/// <code>
///                    for its user    for a group
/// ROOT               0700            0710   members pass through; left as it is where it is another user's
/// ROOT/INSTANCE      0700            2750   members find pipe and tables, and put nothing in their place
///   manager.lock     0600            0600
///   manager.pipe     0600            0660
///   tables/          0700            2750   what is made in it is the group's
///     *.ets          0600            0660
///     *.json         0600            0600
///   scratch/         none            3770   members make files, and each deletes its own
/// </code>
/// A group must be named by whoever uses the instance, too: that is the word of this user that the group's members, of whom the manager's user is one, are
/// trusted. Whoever is not in a group can give it nothing.
/// Threads: immutable. Blocking: the file system. Failure: <see cref="InstanceDirectoryException"/>.
/// </remarks>
internal sealed class InstanceAccess(InstanceDirectory directory, bool isDefaultRoot)
{
    private const UnixFileMode User = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode GroupReads = User | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.SetGroup;
    private const UnixFileMode GroupMakes = User | Group | UnixFileMode.SetGroup | UnixFileMode.StickyBit;
    private const UnixFileMode GroupShares = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly Lazy<uint?> _groupId = new(() => FindGroup(directory.Group), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The id of the group, or null if none is named.</summary>
    public uint? GroupId => _groupId.Value;

    /// <summary>See <see cref="InstanceDirectory.Create"/>.</summary>
    public void Create()
    {
        RequireTrusted(); // what is refused is refused before anything is made
        CreatePrivate(directory.Root);
        CreatePrivate(directory.Path);
        CreatePrivate(directory.TablesPath);
        RequireTrusted();
        if (OperatingSystem.IsLinux() && OwnerOf(directory.Path) is { } owner && owner.UserId != PathOwner.CurrentUserId)
            throw NotOwn(directory.Path, owner, "The manager of an instance runs as the user of its directory.");
    }

    /// <summary>See <see cref="InstanceDirectory.RequireTrusted"/>.</summary>
    public void RequireTrusted()
    {
        _ = GroupId;
        if (!OperatingSystem.IsLinux()) return;
        if (isDefaultRoot && OwnerOf(directory.Root) is { } root) RequirePassage(directory.Root, root);
        if (OwnerOf(directory.Path) is not { } instance) return;
        RequireTrusted(directory.Path, instance);
        if (OwnerOf(directory.TablesPath) is not { } tables) return;
        RequireTrusted(directory.TablesPath, tables);
        if (tables.UserId != instance.UserId) throw NotOwn(directory.TablesPath, tables, $"'{directory.Path}' is user {instance.UserId}'s.");
    }

    /// <summary>See <see cref="InstanceDirectory.AdmitGroup()"/>. From the inside out, so that the last change lets members in and finds all else done.</summary>
    [SupportedOSPlatform("linux")]
    public void AdmitGroup()
    {
        if (GroupId is not { } group) return;
        RequireMember(group);
        CreatePrivate(directory.GroupScratchPath);
        try
        {
            PathOwner.GiveToGroup(directory.GroupScratchPath, group, GroupMakes);
            PathOwner.GiveToGroup(directory.TablesPath, group, GroupReads);
            PathOwner.GiveToGroup(directory.Path, group, GroupReads);
            if (OwnerOf(directory.Root) is { } root && root.UserId == PathOwner.CurrentUserId) LetThrough(root, group);
        }
        catch (EtsException error) when (error is TableAccessException or TableNotFoundException or SystemCallException)
        {
            throw new InstanceDirectoryException($"Group '{directory.Group}' cannot be given access to '{directory.Path}': {error.Message}", error);
        }
    }

    /// <summary>See <see cref="InstanceDirectory.AdmitGroup(TableLocation)"/>.</summary>
    [SupportedOSPlatform("linux")]
    public void AdmitGroup(TableLocation table)
    {
        if (GroupId is { } group) PathOwner.GiveToGroup(table.Path, group, GroupShares);
    }

    /// <summary>The directory of the instances may have others in it, of other groups or of none.</summary>
    [SupportedOSPlatform("linux")]
    private void LetThrough(PathOwner root, uint group)
    {
        if ((root.Permissions & UnixFileMode.OtherExecute) != 0) return;
        if ((root.Permissions & Group) == 0) PathOwner.GiveToGroup(directory.Root, group, root.Permissions | UnixFileMode.GroupExecute);
        else if (root.GroupId != group || (root.Permissions & UnixFileMode.GroupExecute) == 0)
        {
            throw new InstanceDirectoryException(
                $"The directory '{directory.Root}' is for group {root.GroupId} (mode {Mode(root)}), and members of '{directory.Group}' cannot pass through it. "
                + "Choose another directory (--dir) for their instance.");
        }
    }

    private static uint? FindGroup(string? name)
    {
        if (name is null) return null;
        if (!OperatingSystem.IsLinux())
        {
            throw new InstanceDirectoryException(
                $"Access for a group ('{name}') is supported on Linux only. Run manager, workers and readers as one user, without --group.");
        }
        return UserGroup.TryFind(name, out var id)
            ? id
            : throw new InstanceDirectoryException($"There is no group '{name}' on this machine. Make it, or give its number (--group).");
    }

    /// <summary>What is at a path, or null.</summary>
    [SupportedOSPlatform("linux")]
    private static PathOwner? OwnerOf(string path)
    {
        try
        {
            return PathOwner.TryRead(path, out var owner) ? owner : null;
        }
        catch (TableAccessException error)
        {
            throw new InstanceDirectoryException(
                $"User {PathOwner.CurrentUserId} cannot reach '{path}'. If it is another user's, have its manager started with --group for a group of which you are; "
                + "else choose another directory (--dir).",
                error);
        }
    }

    [SupportedOSPlatform("linux")]
    private void RequireTrusted(string path, PathOwner owner)
    {
        RequireDirectory(path, owner);
        var isOwn = owner.UserId == PathOwner.CurrentUserId;
        if (isOwn && (owner.Permissions & (Group | Others)) == 0) return;
        if (GroupId is { } group) RequireGroups(path, owner, group, isOwn);
        else if (!isOwn) throw NotOwn(path, owner, "Name the group that it is for (--group) if you are in it, or choose another directory (--dir).");
        else if (owner.Permissions == GroupReads)
        {
            throw new InstanceDirectoryException(
                $"The directory '{path}' is open to group {owner.GroupId}. Whoever uses it names the group: --group, the variable {InstanceDirectory.GroupVariable}, "
                + $"or Group in the options. To close it, run: chmod -R go= '{directory.Path}'");
        }
        else throw Open(path, owner, "chmod 700");
    }

    [SupportedOSPlatform("linux")]
    private void RequireGroups(string path, PathOwner owner, uint group, bool isOwn)
    {
        if (!isOwn) RequireMember(group);
        if (owner.GroupId != group)
        {
            throw new InstanceDirectoryException(
                $"The directory '{path}' is for group {owner.GroupId} of user {owner.UserId}, not for '{directory.Group}'. "
                + "Name that one (--group), or choose another directory (--dir).");
        }
        if ((owner.Permissions & (Others | UnixFileMode.GroupWrite)) != 0) throw Open(path, owner, "chmod 2750");
    }

    [SupportedOSPlatform("linux")]
    private void RequireMember(uint group)
    {
        if (UserGroup.HasCurrentUser(group)) return;
        throw new InstanceDirectoryException(
            $"User {PathOwner.CurrentUserId} is not in group '{directory.Group}', which '{directory.Path}' is for. Have the user added to it, and log in again.");
    }

    /// <summary>The default directory bears the user's number, so that another user could make it first.</summary>
    [SupportedOSPlatform("linux")]
    private static void RequirePassage(string path, PathOwner owner)
    {
        RequireDirectory(path, owner);
        if (owner.UserId != PathOwner.CurrentUserId) throw NotOwn(path, owner, "Choose another directory (--dir).");
        if ((owner.Permissions & (Others | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)) != 0) throw Open(path, owner, "chmod 700");
    }

    [SupportedOSPlatform("linux")]
    private static void RequireDirectory(string path, PathOwner owner)
    {
        if (!owner.IsDirectory)
            throw new InstanceDirectoryException($"'{path}' is no directory, or a symbolic link to one. Remove it or choose another directory (--dir).");
    }

    [SupportedOSPlatform("linux")]
    private static InstanceDirectoryException NotOwn(string path, PathOwner owner, string remedy) =>
        new($"The directory '{path}' belongs to user {owner.UserId}, not to {PathOwner.CurrentUserId}. {remedy}");

    [SupportedOSPlatform("linux")]
    private static InstanceDirectoryException Open(string path, PathOwner owner, string remedy) =>
        new($"Other users may reach into '{path}' (mode {Mode(owner)}). Run: {remedy} '{path}'");

    [SupportedOSPlatform("linux")]
    private static string Mode(PathOwner owner) => Convert.ToString((int)owner.Permissions, 8);

    private static void CreatePrivate(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, User);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InstanceDirectoryException($"The directory '{path}' cannot be created: {error.Message} Choose another with --dir.", error);
        }
    }
}
