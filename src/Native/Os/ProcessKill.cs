using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Ends a process and not whichever has its id by now. Threads: any. Blocking: none; the kernel's word that it is dead comes later.</summary>
public static class ProcessKill
{
    /// <summary>Has the kernel kill a process.</summary>
    /// <param name="identity">The process.</param>
    /// <param name="pidfd">A descriptor of it, where there is one.</param>
    public static KillAnswer Kill(ProcessIdentity identity, SafeFileHandle? pidfd)
    {
        if (pidfd is not null && OperatingSystem.IsLinux())
            return Kill(pidfd);
        if (identity is { ProcessId: 0 } or { StartTime: 0 })
            return KillAnswer.Refused;
        try
        {
            using var process = Process.GetProcessById(identity.ProcessId);
            _ = process.SafeHandle; // on Windows the id is not given out again while this is open
            if (!ProcessIdentity.TryRead(identity.ProcessId, out var now) || now != identity)
                return KillAnswer.Gone;
            process.Kill();
            return KillAnswer.Killed;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return KillAnswer.Gone;
        }
        catch (Exception error) when (error is Win32Exception or NotSupportedException)
        {
            return KillAnswer.Refused;
        }
    }

    [SupportedOSPlatform("linux")]
    private static KillAnswer Kill(SafeFileHandle pidfd)
    {
        try
        {
            return Libc.Kill(pidfd) switch
            {
                0 => KillAnswer.Killed,
                Errno.ESRCH => KillAnswer.Gone,
                _ => KillAnswer.Refused,
            };
        }
        catch (ObjectDisposedException)
        {
            return KillAnswer.Gone; // closed with the process's connection, this moment
        }
    }
}
