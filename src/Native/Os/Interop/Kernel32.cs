using System.Runtime.Versioning;

namespace EtsPersist.Mmf.Native.Os.Interop;

/// <summary>The calls of Windows that the base library does not offer, one group to a file.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class Kernel32
{
    private const string Library = "kernel32";

    internal const int ERROR_NOT_SUPPORTED = 50;
    internal const int ERROR_FILE_EXISTS = 80;
    internal const int ERROR_DISK_FULL = 112;
    internal const int ERROR_HANDLE_DISK_FULL = 39;
    internal const int ERROR_LOCK_VIOLATION = 33;
    internal const int ERROR_MORE_DATA = 234;
    internal const int ERROR_ALREADY_EXISTS = 183;
}
