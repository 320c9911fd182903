using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library watches processes that are not children by asking again and again; a pidfd tells at once.
internal static unsafe partial class Libc
{
    private const long PidfdOpenNumber = 434; // on all architectures; by number, because not every libc exports it
    private const long PidfdSendSignalNumber = 424;
    private const int SIGKILL = 9;
    private const int P_PIDFD = 3; // waitid: the process of a pidfd
    private const int WNOHANG = 1;
    private const int WEXITED = 4;
    private const int WNOWAIT = 0x01000000; // leave the zombie to whoever started it
    private const int CLD_EXITED = 1;
    private const uint PIDFD_GET_INFO = 0xC040FF0B;
    private const ulong PIDFD_INFO_EXIT = 8; // the exit status, kept by the kernel since 6.15 for processes that were waited for

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial long OpenPidfd(long number, nint processId, nuint flags);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SendPidfdSignal(long number, SafeFileHandle pidfd, nint signal, nint information, nuint flags);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int kind, SafeFileHandle pidfd, ChildState* state, int options);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int PidfdInfo(SafeFileHandle pidfd, nuint request, PidfdInformation* information);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    /// <summary>siginfo_t as waitid fills it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct ChildState
    {
        [FieldOffset(8)] internal int Code;
        [FieldOffset(16)] internal int ProcessId;
        [FieldOffset(24)] internal int Status;
    }

    /// <summary>struct pidfd_info in its first version.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct PidfdInformation
    {
        [FieldOffset(0)] internal ulong Mask;
        [FieldOffset(60)] internal int ExitStatus;
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        internal int Descriptor;
        internal short Requested;
        internal short Returned;
    }

    /// <summary>A close-on-exec descriptor of the process that has the id now. Null with the error number if there is none.</summary>
    internal static SafeFileHandle? OpenPidfd(int processId, out int errno)
    {
        var descriptor = OpenPidfd(PidfdOpenNumber, processId, 0);
        errno = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return descriptor < 0 ? null : new SafeFileHandle((nint)descriptor, ownsHandle: true);
    }

    /// <summary>SIGKILL to exactly this process, whoever has its id now. Answers 0 or the error number.</summary>
    internal static int Kill(SafeFileHandle pidfd) =>
        SendPidfdSignal(PidfdSendSignalNumber, pidfd, SIGKILL, 0, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Whether the process has ended, zombies included.</summary>
    internal static bool HasEnded(SafeFileHandle pidfd)
    {
        var taken = false;
        try
        {
            pidfd.DangerousAddRef(ref taken);
            var entry = new PollEntry { Descriptor = (int)pidfd.DangerousGetHandle(), Requested = EPOLLIN };
            return Poll(&entry, 1, 0) > 0;
        }
        finally
        {
            if (taken)
                pidfd.DangerousRelease();
        }
    }

    /// <summary>
    /// The exit code of a process that has ended, 128 plus the signal's number if a signal ended it; null where the kernel does not tell.
    /// It tells of children until they are waited for, and since 6.15 of all processes once they are waited for.
    /// </summary>
    internal static int? ExitCode(SafeFileHandle pidfd)
    {
        ChildState state = default;
        if (WaitId(P_PIDFD, pidfd, &state, WEXITED | WNOHANG | WNOWAIT) == 0 && state.ProcessId != 0)
            return state.Code == CLD_EXITED ? state.Status : 128 + state.Status;
        var information = new PidfdInformation { Mask = PIDFD_INFO_EXIT };
        if (PidfdInfo(pidfd, PIDFD_GET_INFO, &information) != 0 || (information.Mask & PIDFD_INFO_EXIT) == 0)
            return null;
        var signal = information.ExitStatus & 0x7F;
        return signal == 0 ? (information.ExitStatus >> 8) & 0xFF : 128 + signal;
    }
}
