using System.Globalization;
using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Groups of users on Linux, by the system's own data base of them. Threads: any.</summary>
[SupportedOSPlatform("linux")]
public static class UserGroup
{
    /// <summary>The id of a group. Blocking: where names come from, a directory service perhaps; a number is not looked up.</summary>
    /// <param name="nameOrId">Its name, or the number itself.</param>
    /// <param name="groupId">The id.</param>
    /// <returns>False if there is none of that name.</returns>
    /// <exception cref="SystemCallException">The system cannot look names up.</exception>
    public static bool TryFind(string nameOrId, out uint groupId)
    {
        if (uint.TryParse(nameOrId, NumberStyles.None, CultureInfo.InvariantCulture, out groupId))
            return true;
        var errno = Libc.FindGroup(nameOrId, out var found);
        if (errno != 0)
            throw SystemCallException.ForCall("getgrnam_r", nameOrId, errno, "Give the group's number instead.");
        groupId = found ?? 0;
        return found is not null;
    }

    /// <summary>Whether this process is in a group, or acts for root, whom groups do not hold up. Blocking: none.</summary>
    /// <param name="groupId">The group.</param>
    public static bool HasCurrentUser(uint groupId) => Libc.EffectiveUserId() == 0 || Libc.IsInGroup(groupId);
}
