using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library does not tell the limits of the process.
internal static unsafe partial class Libc
{
    internal const int RLIMIT_FSIZE = 1; // size of a file that is written; exceeding it is a deadly signal
    internal const int RLIMIT_NOFILE = 7; // descriptors
    internal const int RLIMIT_AS = 9; // address space

    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetResourceLimit(int resource, ulong* limits);

    /// <summary>The soft limit; <see cref="long.MaxValue"/> if there is none or it cannot be read.</summary>
    internal static long ResourceLimit(int resource)
    {
        var limits = stackalloc ulong[2];
        return GetResourceLimit(resource, limits) == 0 && limits[0] <= long.MaxValue ? (long)limits[0] : long.MaxValue;
    }
}
