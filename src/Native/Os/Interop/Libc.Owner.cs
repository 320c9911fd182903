using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library tells the mode of a path, but not whose it is.
internal static unsafe partial class Libc
{
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const uint STATX_TYPE_MODE_UID = 1 | 2 | 8;
    private const int UserOffset = 20; // of stx_uid in struct statx

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatPath(int directory, string path, int flags, uint mask, byte* buffer);

    /// <summary>The owner and the mode, type included, of what lies at a path. False if there is nothing.</summary>
    internal static bool TryReadOwner(string path, out uint userId, out ushort mode)
    {
        var buffer = stackalloc byte[StatBufferSize];
        (userId, mode) = (0, 0);
        if (StatPath(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_TYPE_MODE_UID, buffer) != 0) return false;
        (userId, mode) = (*(uint*)(buffer + UserOffset), *(ushort*)(buffer + ModeOffset));
        return true;
    }
}
