namespace EtsPersist.Mmf.Soak;

/// <summary>
/// The short times in which a process works, at full speed. Between them it stands still, so that the processors are free for starting the
/// successors of the dead. A line on the standard input begins a shift; a number beside the tables, 0 when it is over, ends it.
/// </summary>
internal sealed class Shifts(SharedCounters counters, int crew) : IDisposable
{
    private readonly AutoResetEvent _begun = new(initialState: false);

    /// <summary>Whether the shift is on.</summary>
    public bool IsOn => counters[Places.Shift(crew)] != 0;

    /// <summary>Blocks until the next shift begins. It may be over again.</summary>
    public void AwaitNext() => _begun.WaitOne();

    /// <summary>Takes the lines in, and ends the process when the driver is gone.</summary>
    public void ObeyTheDriver() => new Thread(Listen) { IsBackground = true }.Start();

    /// <inheritdoc/>
    public void Dispose() => _begun.Dispose();

    private void Listen()
    {
        while (Console.In.ReadLine() is not null) _begun.Set();
        Environment.Exit(0);
    }
}
