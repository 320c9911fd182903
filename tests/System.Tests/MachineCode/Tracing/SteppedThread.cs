namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>
/// A thread of another process, seized by the current one and moved on instruction by instruction. Its process's other threads go on; signals
/// that are not markers reach it.
/// </summary>
internal sealed class SteppedThread
{
    private readonly int _thread;
    private readonly int _marker;
    private int _signal;

    /// <param name="thread">The kernel's name for the thread.</param>
    /// <param name="marker">The signal that the thread raises for the tracer.</param>
    public SteppedThread(int thread, int marker)
    {
        (_thread, _marker) = (thread, marker);
        Ptrace.Seize(thread);
    }

    /// <summary>How many instructions it has done in steps.</summary>
    public int Instructions { get; private set; }

    /// <summary>Lets it run until it raises the marker.</summary>
    public void RunToMarker()
    {
        while (!IsMarker(Ptrace.Wait(_thread)))
            Ptrace.Continue(_thread, _signal);
    }

    /// <summary>Lets it do an instruction. False: it has come to the next marker.</summary>
    public bool Step()
    {
        while (true)
        {
            Ptrace.Step(_thread, _signal);
            var status = Ptrace.Wait(_thread);
            if (IsMarker(status))
                return false;
            if (status.IsStep)
            {
                Instructions++;
                return true;
            }
        }
    }

    public void Detach() => Ptrace.Detach(_thread);

    /// <summary>Whether it has raised the marker; keeps any other signal, to deliver it with the next step.</summary>
    private bool IsMarker(WaitStatus status)
    {
        if (!status.IsStopped)
            throw new InvalidOperationException($"Thread {_thread} has {status} after {Instructions} instructions, before it came to the marker.");
        _signal = status.PendingSignal;
        if (_signal != _marker)
            return false;
        _signal = 0;
        return true;
    }
}
