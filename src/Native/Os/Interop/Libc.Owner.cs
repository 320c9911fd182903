using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library tells the mode of a path, but not whose it is.
internal static unsafe partial class Libc
{
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const uint STATX_TYPE_MODE_UID_GID = 1 | 2 | 8 | 16;
    private const int UserOffset = 20; // of stx_uid in struct statx
    private const int GroupOffset = 24;

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatPath(int directory, string path, int flags, uint mask, byte* buffer);

    /// <summary>The user, the group and the mode, type included, of what lies at a path. Answers 0 or the error number.</summary>
    internal static int ReadOwner(string path, out (uint UserId, uint GroupId, ushort Mode) owner)
    {
        var buffer = stackalloc byte[StatBufferSize];
        owner = default;
        if (StatPath(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_TYPE_MODE_UID_GID, buffer) != 0)
            return Marshal.GetLastPInvokeError();
        owner = (*(uint*)(buffer + UserOffset), *(uint*)(buffer + GroupOffset), *(ushort*)(buffer + ModeOffset));
        return 0;
    }
}
