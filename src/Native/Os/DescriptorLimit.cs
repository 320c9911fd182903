using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Os.Interop;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// How near this process is to the number of descriptors that it may have (RLIMIT_NOFILE on Linux). The runtime ends a process that has none left when it needs one
/// for itself, for a thread or an assembly perhaps; so a server leaves it some.
/// </summary>
public static class DescriptorLimit
{
    private const long MostReserved = 64;
    private const long ReservedPart = 8; // of a low limit

    /// <summary>
    /// Whether a descriptor that has just been opened is one of the last. The kernel gives out the lowest number that is free: all below it are in use. Threads:
    /// any. Blocking: none. Windows has no such limit.
    /// </summary>
    /// <param name="opened">The descriptor, open.</param>
    /// <param name="promised">How many more will be opened for what has been begun already.</param>
    public static bool IsNear(SafeHandle opened, int promised = 0)
    {
        ArgumentNullException.ThrowIfNull(opened);
        if (!OperatingSystem.IsLinux())
            return false;
        var limit = Libc.ResourceLimit(Libc.RLIMIT_NOFILE);
        return (long)opened.DangerousGetHandle() + promised >= limit - Math.Min(MostReserved, limit / ReservedPart);
    }
}
