namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>
/// A thread of another process, seized by the current one and moved on instruction by instruction. Its process's other threads go on.
/// Signals that are not markers reach it, and their handlers run at full speed: the runtime signals a thread that it wants to stop again
/// and again, and a handler in single steps would not be done before the next signal.
/// </summary>
internal sealed class SteppedThread
{
    private readonly int _thread;
    private readonly int _marker;

    /// <param name="thread">The kernel's name for the thread.</param>
    /// <param name="marker">The signal that the thread raises for the tracer.</param>
    public SteppedThread(int thread, int marker)
    {
        (_thread, _marker) = (thread, marker);
        Ptrace.Seize(thread);
    }

    /// <summary>How many instructions it has done in steps.</summary>
    public int Instructions { get; private set; }

    /// <summary>How many signals were handled meanwhile.</summary>
    public int Signals { get; private set; }

    /// <summary>Lets it run until it raises the marker.</summary>
    public void RunToMarker()
    {
        for (var status = Wait(); status.PendingSignal != _marker; status = Wait())
            Ptrace.Continue(_thread, status.PendingSignal);
    }

    /// <summary>Lets it do an instruction. False: it has come to the next marker.</summary>
    public bool Step()
    {
        Ptrace.Step(_thread, signal: 0);
        while (true)
        {
            var status = Wait();
            if (status.IsStep)
            {
                Instructions++;
                return true;
            }
            if (status.PendingSignal == _marker)
                return false;
            if (status.PendingSignal != 0 && CaughtSignals.Contains(_thread, status.PendingSignal))
                RunHandler(status.PendingSignal);
            else
                Ptrace.Step(_thread, status.PendingSignal);
        }
    }

    public void Detach() => Ptrace.Detach(_thread);

    /// <summary>
    /// Lets a signal's handler run, and handlers of further signals within it, up to the system call that leads back; then steps over that.
    /// </summary>
    private void RunHandler(int signal)
    {
        var depth = 0;
        do
        {
            depth += signal == 0 ? 0 : 1;
            Ptrace.ContinueToSystemCall(_thread, signal);
            var status = Wait();
            signal = status.PendingSignal;
            if (signal == _marker)
                throw new InvalidOperationException($"Thread {_thread} raised the marker while it handled a signal.");
            if (status.IsSystemCall && Ptrace.SystemCallOf(_thread).IsReturnFromHandler)
                depth--;
        }
        while (depth > 0);
        Signals++;
        Ptrace.Step(_thread, signal: 0);
    }

    private WaitStatus Wait()
    {
        var status = Ptrace.Wait(_thread);
        return status.IsStopped ? status
            : throw new InvalidOperationException($"Thread {_thread} has {status} before the marker, after {Instructions} instructions.");
    }
}
