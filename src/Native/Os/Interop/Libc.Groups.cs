using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library knows nothing of groups.
internal static unsafe partial class Libc
{
    private const int FirstBufferBytes = 1 << 10;
    private const int LongestBufferBytes = 16 << 20; // a group's members stand in it too

    /// <summary>struct group.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct GroupEntry
    {
        internal byte* Name;
        internal byte* Password;
        internal uint GroupId;
        internal byte** Members;
    }

    [LibraryImport(Library, EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FindGroup(string name, GroupEntry* entry, byte* buffer, nuint length, GroupEntry** found);

    [LibraryImport(Library, EntryPoint = "getgroups", SetLastError = true)]
    private static partial int Groups(int count, uint* groupIds);

    [LibraryImport(Library, EntryPoint = "getegid")]
    private static partial uint EffectiveGroupId();

    [LibraryImport(Library, EntryPoint = "fchown", SetLastError = true)]
    private static partial int ChangeOwner(SafeFileHandle file, uint userId, uint groupId);

    /// <summary>The id of a group by its name. Answers 0, with null if there is none of that name, or the error number.</summary>
    internal static int FindGroup(string name, out uint? groupId)
    {
        for (var length = FirstBufferBytes; ; length *= 2)
        {
            var buffer = new byte[length];
            fixed (byte* bytes = buffer)
            {
                GroupEntry entry;
                GroupEntry* found;
                var errno = FindGroup(name, &entry, bytes, (nuint)length, &found);
                groupId = errno == 0 && found is not null ? found->GroupId : null;
                if (errno == Errno.EINTR)
                    continue;
                if (errno != Errno.ERANGE || length >= LongestBufferBytes)
                    return errno is Errno.ENOENT or Errno.ESRCH ? 0 : errno; // how some libraries say that there is none
            }
        }
    }

    /// <summary>Whether a group is the effective one of this process or among its others.</summary>
    internal static bool IsInGroup(uint groupId)
    {
        if (EffectiveGroupId() == groupId)
            return true;
        var count = Groups(0, null);
        if (count <= 0)
            return false;
        var groups = new uint[count];
        fixed (uint* first = groups)
            count = Groups(count, first);
        return count > 0 && groups.AsSpan(0, count).Contains(groupId);
    }

    /// <summary>Gives an open file or directory to a group; its user stays. Answers 0 or the error number.</summary>
    internal static int ChangeGroup(SafeFileHandle file, uint groupId) =>
        ChangeOwner(file, uint.MaxValue, groupId) == 0 ? 0 : Marshal.GetLastPInvokeError();
}
