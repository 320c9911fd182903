using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library tells neither a pipe's client nor the user of another process.
internal static unsafe partial class Kernel32
{
    private const uint PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
    private const uint TOKEN_QUERY = 8;

    [LibraryImport(Library, EntryPoint = "GetNamedPipeClientProcessId", SetLastError = true)]
    private static partial int PipeClient(SafePipeHandle pipe, uint* processId);

    [LibraryImport(Library, EntryPoint = "OpenProcess", SetLastError = true)]
    private static partial SafeProcessHandle OpenProcess(uint access, int inherit, uint processId);

    [LibraryImport("advapi32", EntryPoint = "OpenProcessToken", SetLastError = true)]
    private static partial int OpenToken(SafeProcessHandle process, uint access, nint* token);

    /// <summary>The process at the other end. Answers 0 or the Win32 error code.</summary>
    internal static int PipeClientProcessId(SafePipeHandle pipe, out int processId)
    {
        uint answer = 0;
        var error = PipeClient(pipe, &answer) != 0 ? 0 : Marshal.GetLastPInvokeError();
        processId = (int)answer;
        return error;
    }

    /// <summary>The token that names the user of a process; null with the error code if it may not be read.</summary>
    internal static SafeAccessTokenHandle? ProcessToken(int processId, out int error)
    {
        nint token;
        using var process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, (uint)processId);
        if (process.IsInvalid || OpenToken(process, TOKEN_QUERY, &token) == 0)
        {
            error = Marshal.GetLastPInvokeError();
            return null;
        }

        error = 0;
        return new SafeAccessTokenHandle(token);
    }
}
