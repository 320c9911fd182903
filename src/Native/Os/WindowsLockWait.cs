using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// Waiting for a lock file on Windows; see <see cref="LockFile.AcquireAsync"/>. Here a cancellation ends the kernel's wait as well.
/// </summary>
[SupportedOSPlatform("windows")]
internal static unsafe class WindowsLockWait
{
    // The lowest bit of the event's handle keeps the completion away from the runtime's port, which would not know it.
    private const nint NoCompletionPort = 1;

    internal static Task<LockFile> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        var file = WindowsTableFile.OpenOrCreate(path, FileOptions.Asynchronous);
        var completion = new TaskCompletionSource<LockFile>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Wait(path, file, completion, cancellationToken)) { IsBackground = true, Name = "EtsPersist lock wait" }.Start();
        return completion.Task;
    }

    private static void Wait(
        string path, SafeFileHandle file, TaskCompletionSource<LockFile> completion, CancellationToken cancellationToken)
    {
        var handedOver = false;
        try
        {
            var error = Lock(file, cancellationToken);
            if (error == 0)
                handedOver = completion.TrySetResult(new LockFile(path, file));
            else if (error == Kernel32.ERROR_OPERATION_ABORTED)
                completion.TrySetCanceled(cancellationToken);
            else
                completion.TrySetException(SystemCallException.ForCall("LockFileEx", path, error));
        }
        catch (Exception error)
        {
            completion.TrySetException(error);
        }
        finally
        {
            if (!handedOver)
                file.Dispose();
        }
    }

    private static int Lock(SafeFileHandle file, CancellationToken cancellationToken)
    {
        using var granted = new ManualResetEvent(false);

        // It must not move while the kernel has it.
        var range = (Kernel32.Overlapped*)NativeMemory.AllocZeroed((nuint)sizeof(Kernel32.Overlapped));
        try
        {
            range->Event = granted.SafeWaitHandle.DangerousGetHandle() | NoCompletionPort;
            var error = Kernel32.LockByte(file, Kernel32.LOCKFILE_EXCLUSIVE_LOCK, range);
            if (error != Kernel32.ERROR_IO_PENDING)
                return error;
            return WaitHandle.WaitAny([granted, cancellationToken.WaitHandle]) == 0
                ? Kernel32.WaitForResult(file, range)
                : Kernel32.CancelAndWait(file, range); // 0: granted in the last moment, and then it counts
        }
        finally
        {
            NativeMemory.Free(range);
        }
    }
}
