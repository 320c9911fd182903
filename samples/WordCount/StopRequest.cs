using System.Runtime.InteropServices;

namespace WordCount;

/// <summary>How the outside ends the work: Ctrl-C or SIGTERM at once, and for a worker that repeats also by its standard input.</summary>
public sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _now = new();
    private readonly PosixSignalRegistration[] _signals;
    private volatile bool _afterPass;

    /// <summary>Starts to listen.</summary>
    /// <param name="standardInput">
    /// Whether standard input counts: a line asks for the end after the pass, its own end, as when the parent dies, for the end at once.
    /// </param>
    public StopRequest(bool standardInput)
    {
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
        if (standardInput) new Thread(Listen) { IsBackground = true }.Start();
    }

    /// <summary>Cancelled when the work shall end at the next piece.</summary>
    public CancellationToken Now => _now.Token;

    /// <summary>True when the work shall end with the pass.</summary>
    public bool AfterPass => _afterPass;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _now.Cancel();
    }

    private void Listen()
    {
        while (Console.In.ReadLine() is not null) _afterPass = true;
        _now.Cancel();
    }
}
