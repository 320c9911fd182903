using System.ComponentModel;
using System.Diagnostics;

namespace EtsPersist.Mmf.Harness.Processes;

/// <summary>Starting processes where Wine may fail to.</summary>
internal static class ProcessStart
{
    private const int InternalError = 1359; // ERROR_INTERNAL_ERROR, which Windows does not answer a start with
    private const int MostFailures = 3;

    /// <summary>
    /// Starts a process. Wine fails to once in some thousand times, whatever the program: the new process ends before any of its code has run. It is started
    /// again then.
    /// </summary>
    public static Process Start(ProcessStartInfo start)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return Process.Start(start)!;
            }
            catch (Win32Exception error) when (OperatingSystem.IsWindows() && error.NativeErrorCode == InternalError && failures < MostFailures)
            {
            }
        }
    }
}
