using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Waiting for a lock file; see <see cref="LockFile.AcquireAsync"/>.</summary>
internal static class LockWait
{
    private const int StackSize = 256 << 10;

    internal static Task<LockFile> AcquireAsync(string path, SafeFileHandle file, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<LockFile>(TaskCreationOptions.RunContinuationsAsynchronously);
        var registration = cancellationToken.UnsafeRegister(_ => completion.TrySetCanceled(cancellationToken), null);
        var thread = new Thread(() => Wait(path, file, completion, registration), StackSize);
        thread.IsBackground = true;
        thread.Name = "EtsPersist lock wait";
        thread.Start();
        return completion.Task;
    }

    private static void Wait(
        string path, SafeFileHandle file, TaskCompletionSource<LockFile> completion, CancellationTokenRegistration registration)
    {
        var handedOver = false;
        try
        {
            ByteLock.Lock(file, path, 0);
            handedOver = completion.TrySetResult(new LockFile(path, file));
        }
        catch (Exception error)
        {
            completion.TrySetException(error);
        }
        finally
        {
            if (!handedOver)
                file.Dispose(); // cancelled: this gives the lock to the next in line
            registration.Dispose();
        }
    }
}
