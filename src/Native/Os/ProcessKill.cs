using System.ComponentModel;
using System.Diagnostics;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Ends a process and not whichever has its id by now. Threads: any. Blocking: none; the kernel's word that it is dead comes later.</summary>
public static class ProcessKill
{
    /// <summary>Has the kernel kill a process.</summary>
    /// <param name="identity">The process.</param>
    /// <param name="pidfd">A descriptor of it, where there is one.</param>
    /// <returns>False if it is dead already, out of sight, or not to be killed by this user.</returns>
    public static bool TryKill(ProcessIdentity identity, SafeFileHandle? pidfd)
    {
        if (pidfd is not null && OperatingSystem.IsLinux())
            return Libc.Kill(pidfd);
        try
        {
            using var process = Process.GetProcessById(identity.ProcessId);
            _ = process.SafeHandle; // on Windows the id is not given out again while this is open
            if (!ProcessIdentity.TryRead(identity.ProcessId, out var now) || now != identity)
                return false;
            process.Kill();
            return true;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return false;
        }
    }
}
