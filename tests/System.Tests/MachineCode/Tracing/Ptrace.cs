using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>
/// The system calls of a tracer, with the kernel's names. All calls for a thread come from the thread that has seized it.
/// </summary>
internal static class Ptrace
{
    public const int Interrupted = 4;

    private const nint PTRACE_CONT = 7;
    private const nint PTRACE_SINGLESTEP = 9;
    private const nint PTRACE_DETACH = 17;
    private const nint PTRACE_SYSCALL = 24;
    private const nint PTRACE_SEIZE = 0x4206;
    private const nint PTRACE_GET_SYSCALL_INFO = 0x420e;
    private const nint PTRACE_O_TRACESYSGOOD = 1;
    private const nint PTRACE_O_EXITKILL = 1 << 20;
    private const int WaitAll = 0x40000000;

    /// <summary>Becomes the tracer of one thread, which goes on. It is killed if the tracer ends without having detached.</summary>
    public static void Seize(int thread) => Call(PTRACE_SEIZE, thread, PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD, "PTRACE_SEIZE");

    /// <summary>Lets it go on until it is stopped by a signal, and delivers one; 0 for none.</summary>
    public static void Continue(int thread, int signal) => Call(PTRACE_CONT, thread, signal, "PTRACE_CONT");

    /// <summary>Lets it do one instruction, and delivers a signal before; 0 for none.</summary>
    public static void Step(int thread, int signal) => Call(PTRACE_SINGLESTEP, thread, signal, "PTRACE_SINGLESTEP");

    /// <summary>Lets it go on until it enters or leaves the kernel, and delivers a signal before; 0 for none.</summary>
    public static void ContinueToSystemCall(int thread, int signal) => Call(PTRACE_SYSCALL, thread, signal, "PTRACE_SYSCALL");

    /// <summary>The system call that it is about to do, or has done.</summary>
    public static SystemCall SystemCallOf(int thread) =>
        Request(PTRACE_GET_SYSCALL_INFO, thread, Marshal.SizeOf<SystemCall>(), out var call) > 0
            ? call
            : throw Failure("PTRACE_GET_SYSCALL_INFO");

    public static void Detach(int thread) => Call(PTRACE_DETACH, thread, 0, "PTRACE_DETACH");

    /// <summary>Waits until a thread stops or ends.</summary>
    public static WaitStatus Wait(int thread)
    {
        while (true)
        {
            if (WaitPid(thread, out var status, WaitAll) == thread)
                return new WaitStatus(status);
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Failure("waitpid");
        }
    }

    private static void Call(nint request, int thread, nint data, string name)
    {
        if (Request(request, thread, 0, data) != 0)
            throw Failure(name);
    }

    private static Win32Exception Failure(string name)
    {
        var error = Marshal.GetLastPInvokeError();
        return new Win32Exception(error, $"{name}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [DllImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Request(nint request, int thread, nint address, nint data);

    [DllImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Request(nint request, int thread, nint size, out SystemCall call);

    [DllImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitPid(int thread, out int status, int options);
}
