using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Whose a directory or file is on Linux, and who may reach into it. Nothing is followed: of a symbolic link it is the link's own answer.</summary>
/// <param name="UserId">The owner.</param>
/// <param name="IsDirectory">Whether it is a directory, and no symbolic link to one.</param>
/// <param name="Permissions">The permission bits.</param>
public readonly record struct PathOwner(uint UserId, bool IsDirectory, UnixFileMode Permissions)
{
    private const int TypeMask = 0xF000;
    private const int DirectoryType = 0x4000;
    private const int PermissionMask = 0xFFF;

    /// <summary>The user that this process acts for.</summary>
    [SupportedOSPlatform("linux")]
    public static uint CurrentUserId => Libc.EffectiveUserId();

    /// <summary>Asks the kernel. Threads: any. Blocking: the file system. False if there is nothing at the path or it cannot be reached.</summary>
    /// <param name="path">The path.</param>
    /// <param name="owner">The answer.</param>
    [SupportedOSPlatform("linux")]
    public static bool TryRead(string path, out PathOwner owner)
    {
        owner = default;
        if (!Libc.TryReadOwner(path, out var userId, out var mode)) return false;
        owner = new PathOwner(userId, (mode & TypeMask) == DirectoryType, (UnixFileMode)(mode & PermissionMask));
        return true;
    }
}
