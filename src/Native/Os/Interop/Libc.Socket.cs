using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library uses the peer's credentials only to refuse other users, and does not hand them out.
internal static unsafe partial class Libc
{
    private const int SOL_SOCKET = 1;
    private const int SO_PEERCRED = 17;
    private const int SO_PEERGROUPS = 59; // since Linux 4.13
    private const int SO_PEERPIDFD = 77; // since Linux 6.5

    /// <summary>struct ucred.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Credentials
    {
        internal int ProcessId;
        internal uint UserId;
        internal uint GroupId;
    }

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int SocketOption(SafePipeHandle socket, int level, int option, void* value, uint* length);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    internal static partial uint EffectiveUserId();

    /// <summary>Who connected, as the kernel noted it at that moment. Answers 0 or the error number.</summary>
    internal static int PeerCredentials(SafePipeHandle socket, out Credentials credentials)
    {
        Credentials answer = default;
        var length = (uint)sizeof(Credentials);
        var errno = SocketOption(socket, SOL_SOCKET, SO_PEERCRED, &answer, &length) == 0 ? 0 : Marshal.GetLastPInvokeError();
        credentials = answer;
        return errno;
    }

    /// <summary>
    /// The groups beside its effective one that the peer had when it connected. None where the kernel does not tell.
    /// </summary>
    internal static uint[] PeerGroups(SafePipeHandle socket)
    {
        var groups = new uint[16];
        while (true)
        {
            var length = (uint)(groups.Length * sizeof(uint));
            fixed (uint* first = groups)
            {
                if (SocketOption(socket, SOL_SOCKET, SO_PEERGROUPS, first, &length) == 0)
                    return groups[..(int)(length / sizeof(uint))];
            }
            if (Marshal.GetLastPInvokeError() != Errno.ERANGE)
                return [];
            groups = new uint[length / sizeof(uint)]; // which the kernel has set to what is needed
        }
    }

    /// <summary>The very process that connected, close-on-exec; null where the kernel has no such option or the process is gone.</summary>
    internal static SafeFileHandle? PeerPidfd(SafePipeHandle socket)
    {
        var descriptor = -1;
        var length = (uint)sizeof(int);
        return SocketOption(socket, SOL_SOCKET, SO_PEERPIDFD, &descriptor, &length) == 0 && descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : null;
    }
}
