using System.Collections.Concurrent;
using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// Learns of the death of processes from the kernel and reports each death once. Two sources feed one report: <c>Process.Exited</c>, and on
/// Linux a pidfd, which tells of a process that is no child within the millisecond; where there is one, <c>Process.Exited</c>, which would ask
/// after such a process again and again, is left to children. Threads: all members may be called at once, also from a report. Blocking: none. Two threads of its own on Linux, asleep while
/// nobody dies.
/// </summary>
public sealed class ProcessWatcher : IDisposable
{
    private readonly ConcurrentDictionary<WatchedProcess, bool> _watched = [];
    private readonly Action<Exception>? _onReportError;
    private readonly PidfdLoop? _loop;
    private volatile bool _disposed;

    /// <summary>Starts a watcher.</summary>
    /// <param name="onReportError">Receives what a report throws. Without it such an error is unhandled, as in a timer's callback.</param>
    public ProcessWatcher(Action<Exception>? onReportError = null) : this(onReportError, useDescriptors: true) { }

    /// <summary>Without descriptors it works as on a kernel that has none: by <c>Process.Exited</c> alone.</summary>
    internal ProcessWatcher(Action<Exception>? onReportError, bool useDescriptors)
    {
        _onReportError = onReportError;
        if (OperatingSystem.IsLinux() && useDescriptors)
            _loop = new PidfdLoop();
    }

    /// <summary>Has the code compiled that runs at a death, so that the first one is reported as fast as the next. Threads: any.</summary>
    public static void Compile()
    {
        CodeAhead.Compile(typeof(WatchedProcess));
        if (!OperatingSystem.IsLinux()) return;
        CodeAhead.Compile(typeof(PidfdLoop));
        CodeAhead.Compile(typeof(Libc));
    }

    /// <summary>Watches the process with that identity until it dies. See the other overload.</summary>
    /// <param name="process">The process; an id that another process has by now counts as dead.</param>
    /// <param name="onDeath">The report.</param>
    /// <returns>Ends the watching.</returns>
    public IDisposable Watch(ProcessIdentity process, Action<ProcessDeath> onDeath) => Watch(process, null, onDeath);

    /// <summary>
    /// Watches a process until it dies. A process that is dead already is reported too. The report comes once, on one of the watcher's
    /// threads or the pool's, never from within this call; on Linux the reports of other deaths wait where both of the watcher's are busy with one.
    /// </summary>
    /// <param name="process">The process; an id that another process has by now counts as dead.</param>
    /// <param name="pidfd">Linux: a descriptor of that very process, if one is at hand; it stays the caller's. Else null.</param>
    /// <param name="onDeath">The report.</param>
    /// <returns>Ends the watching: no report begins after its disposal.</returns>
    /// <exception cref="ProcessNotObservableException">The system offers no way to learn of this death.</exception>
    /// <exception cref="SystemCallException">The process has no descriptors left, or the like.</exception>
    public IDisposable Watch(ProcessIdentity process, SafeFileHandle? pidfd, Action<ProcessDeath> onDeath)
    {
        ArgumentNullException.ThrowIfNull(onDeath);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var watched = new WatchedProcess(process, onDeath, _onReportError, Forget);
        _watched[watched] = true;
        try
        {
            Begin(watched, pidfd);
        }
        catch
        {
            watched.Dispose();
            throw;
        }

        if (_disposed) // disposal ran meanwhile and may have missed this one
            watched.Dispose();
        return watched;
    }

    /// <summary>Ends all watching: no report begins after it. Does not wait for reports that have begun.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var watched in _watched.Keys)
            watched.Dispose();
        if (OperatingSystem.IsLinux())
            _loop?.Dispose();
    }

    // The order counts: first the descriptor, then the number is compared, so that a number that passed on is noticed; the runtime's event
    // before the descriptor's, so that a death in between finds all it needs to tell the exit code.
    private void Begin(WatchedProcess watched, SafeFileHandle? given)
    {
        var identity = watched.Identity;
        var hasNumber = identity is { ProcessId: > 0, StartTime: not 0 };
        var pidfd = OperatingSystem.IsLinux() && _loop is not null ? Descriptor(identity, hasNumber, given) : null;
        try
        {
            var answer = hasNumber ? watched.WatchExited(hasDescriptor: pidfd is not null) : ExitedAnswer.Refused;
            if (OperatingSystem.IsLinux() && pidfd is not null && (answer == ExitedAnswer.Watching || given is not null))
                _loop?.Add(watched, Interlocked.Exchange(ref pidfd, null));
            else if (answer == ExitedAnswer.Dead)
                watched.ReportLater();
            else if (answer == ExitedAnswer.Refused)
                throw NotObservable(identity, hasNumber);
        }
        finally
        {
            pidfd?.Dispose();
        }
    }

    /// <summary>A descriptor of our own, or null on an old kernel, in a sandbox, or where the process is gone.</summary>
    [SupportedOSPlatform("linux")]
    private static SafeFileHandle? Descriptor(ProcessIdentity identity, bool hasNumber, SafeFileHandle? given)
    {
        if (given is not null)
            return Libc.Duplicate(given);
        if (!hasNumber)
            return null;
        var pidfd = Libc.OpenPidfd(identity.ProcessId, out var errno);
        return errno is Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM
            ? throw SystemCallException.ForCall("pidfd_open", null, errno, "Raise 'ulimit -n' or watch fewer processes.")
            : pidfd;
    }

    private static ProcessNotObservableException NotObservable(ProcessIdentity identity, bool hasNumber) => new(hasNumber
        ? $"Process {identity.ProcessId} cannot be watched: " +
            $"the system does not let user {Environment.UserName} open it or read its start time. " +
            "Run both processes as one user, or on Linux mount /proc without hidepid."
        : $"Process {identity.ProcessId} cannot be watched: it is not visible here, so that its id or start time is unknown. " +
            "Let both processes run in one PID namespace with /proc mounted, or use Linux 6.5 or later, " +
            "where a connection leads to its process.");

    private void Forget(WatchedProcess watched) => _watched.TryRemove(watched, out _);
}
