using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Whose a directory or file is on Linux, and who may reach into it. Nothing is followed: of a symbolic link it is the link's own answer.</summary>
/// <param name="UserId">The user that it belongs to.</param>
/// <param name="GroupId">The group that it belongs to.</param>
/// <param name="IsDirectory">Whether it is a directory, and no symbolic link to one.</param>
/// <param name="Permissions">The permission bits.</param>
[SupportedOSPlatform("linux")]
public readonly record struct PathOwner(uint UserId, uint GroupId, bool IsDirectory, UnixFileMode Permissions)
{
    private const int TypeMask = 0xF000;
    private const int DirectoryType = 0x4000;
    private const int PermissionMask = 0xFFF;

    /// <summary>The user that this process acts for.</summary>
    public static uint CurrentUserId => Libc.EffectiveUserId();

    /// <summary>Asks the kernel. Threads: any. Blocking: the file system. False if there is nothing at the path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="owner">The answer.</param>
    /// <exception cref="TableAccessException">A directory above does not let this user through.</exception>
    public static bool TryRead(string path, out PathOwner owner)
    {
        owner = default;
        var errno = Libc.ReadOwner(path, out var found);
        if (errno == Errno.EACCES)
            throw LinuxTableFile.NotPermitted("looked at", path, errno);
        if (errno != 0)
            return false;
        owner = new PathOwner(
            found.UserId, found.GroupId, (found.Mode & TypeMask) == DirectoryType, (UnixFileMode)(found.Mode & PermissionMask));
        return true;
    }

    /// <summary>
    /// Gives a file or directory of this user to a group, with these permissions. One that has both already is not touched; a symbolic link is not
    /// followed. Threads: any. Blocking: the file system.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="groupId">The group, in which this user is.</param>
    /// <param name="permissions">The permission bits.</param>
    /// <exception cref="TableNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="TableAccessException">It is another user's, or this user is not in the group.</exception>
    public static void GiveToGroup(string path, uint groupId, UnixFileMode permissions)
    {
        if (TryRead(path, out var now) && now.GroupId == groupId && now.Permissions == permissions)
            return;
        using var file = LinuxTableFile.OpenAny(path);
        var errno = Libc.ChangeGroup(file, groupId);
        if (errno != 0)
            throw LinuxTableFile.NotPermitted($"given to group {groupId}", path, errno);
        try
        {
            File.SetUnixFileMode(file, permissions); // behind the group: a change of it takes bits away
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TableAccessException($"The permissions of '{path}' cannot be changed: {error.Message} Run as the user that owns it.", error);
        }
    }
}
