using System.ComponentModel;
using System.Diagnostics;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// One watched process: whichever source is first claims the report, the others find it claimed; disposal claims it without reporting.
/// </summary>
internal sealed class WatchedProcess : IDisposable
{
    private const int ExitCodeWait = 100; // milliseconds until the runtime has noted the exit code of a child that it waited for

    private readonly Action<ProcessDeath> _onDeath;
    private readonly Action<Exception>? _onReportError;
    private readonly Action<WatchedProcess> _forget;
    private Process? _process;
    private Action? _stopDescriptor;
    private bool _isChild;
    private int _claimed;

    internal WatchedProcess(
        ProcessIdentity identity, Action<ProcessDeath> onDeath, Action<Exception>? onReportError, Action<WatchedProcess> forget)
    {
        Identity = identity;
        _onDeath = onDeath;
        _onReportError = onReportError;
        _forget = forget;
    }

    internal ProcessIdentity Identity { get; }

    /// <summary>Whether the report was made, is under way, or will not come.</summary>
    internal bool IsSettled => Volatile.Read(ref _claimed) != 0;

    /// <summary>What is to be called once when the descriptor is of no more use; called at once if that is so already.</summary>
    internal void SetDescriptorStop(Action stop)
    {
        Interlocked.Exchange(ref _stopDescriptor, stop);
        if (IsSettled)
            StopDescriptor();
    }

    /// <summary>Opens the process, subscribes to the runtime's own event, then makes sure that the id still means this process.</summary>
    /// <param name="hasDescriptor">
    /// Whether a descriptor tells of the death, too. Then the event is left to where it costs nothing: after a process that is no child the runtime
    /// asks on Linux again and again for as long as it lives, and its handle alone makes it begin.
    /// </param>
    internal ExitedAnswer WatchExited(bool hasDescriptor)
    {
        try
        {
            var process = Process.GetProcessById(Identity.ProcessId);
            Interlocked.Exchange(ref _process, process);
            _isChild = OperatingSystem.IsLinux()
                && ProcessIdentity.TryReadStatistics(Identity.ProcessId, out var statistics)
                && statistics == (Environment.ProcessId, Identity.StartTime);
            var usesEvent = _isChild || !hasDescriptor;
            if (usesEvent)
                _ = process.SafeHandle; // without it there is no exit code; on Windows it also keeps the id from passing to another process
            if (!ProcessIdentity.TryRead(Identity.ProcessId, out var now))
                return CloseProcess(process.HasExited ? ExitedAnswer.Dead : ExitedAnswer.Refused); // alive, perhaps another one
            if (now != Identity)
                return CloseProcess(ExitedAnswer.Dead);
            process.Exited += (_, _) => Report(Stopwatch.GetTimestamp(), pidfd: null);
            process.EnableRaisingEvents = usesEvent;
            if (IsSettled)
                CloseProcess();
            return ExitedAnswer.Watching;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return CloseProcess(ExitedAnswer.Dead);
        }
        catch (Exception error) when (error is Win32Exception or NotSupportedException)
        {
            return CloseProcess(ExitedAnswer.Refused);
        }
    }

    /// <summary>Reports from a pool's thread: the process was dead before it was watched.</summary>
    internal void ReportLater()
    {
        var timestamp = Stopwatch.GetTimestamp();
        if (Interlocked.Exchange(ref _claimed, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(_ => Finish(timestamp, pidfd: null), null);
    }

    /// <summary>Reports unless another source has.</summary>
    internal void Report(long timestamp, SafeFileHandle? pidfd)
    {
        if (Interlocked.Exchange(ref _claimed, 1) == 0)
            Finish(timestamp, pidfd);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _claimed, 1) == 0)
            Close();
    }

    private void Finish(long timestamp, SafeFileHandle? pidfd)
    {
        var death = new ProcessDeath(Identity, timestamp, ExitCode(pidfd));
        try
        {
            _onDeath(death);
        }
        catch (Exception error) when (_onReportError is not null)
        {
            _onReportError(error);
        }
        finally
        {
            Close(); // behind the report, which others wait for
        }
    }

    /// <summary>
    /// The kernel's word first; then, for a child that was waited for already, the runtime's, which stands for the kernel's.
    /// </summary>
    private int? ExitCode(SafeFileHandle? pidfd)
    {
        if (pidfd is not null && OperatingSystem.IsLinux() && Libc.ExitCode(pidfd) is { } code)
            return code;
        try
        {
            // On Linux the runtime says 0 of a process that is no child of this one.
            var process = Volatile.Read(ref _process);
            var isKnown = process is not null && (_isChild || OperatingSystem.IsWindows()) && process.WaitForExit(ExitCodeWait);
            return isKnown ? process!.ExitCode : null;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return null;
        }
    }

    private void Close()
    {
        _forget(this);
        StopDescriptor();
        CloseProcess();
    }

    private ExitedAnswer CloseProcess(ExitedAnswer answer)
    {
        CloseProcess();
        return answer;
    }

    private void StopDescriptor() => Interlocked.Exchange(ref _stopDescriptor, null)?.Invoke();

    private void CloseProcess() => Interlocked.Exchange(ref _process, null)?.Dispose();
}
