namespace EtsPersist.Mmf.Client.Tests.Session;

/// <summary>A stream that holds each write until it is let go, and remembers what was written.</summary>
internal sealed class HeldStream : MemoryStream
{
    private readonly ManualResetEventSlim _letGo = new();

    /// <summary>Completes when a write has come.</summary>
    public TaskCompletionSource WriteCame { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _letGo.Set();

    public override void Write(byte[] buffer, int offset, int count)
    {
        WriteCame.TrySetResult();
        _letGo.Wait();
        base.Write(buffer, offset, count);
    }

    protected override void Dispose(bool disposing)
    {
        _letGo.Dispose();
        base.Dispose(disposing);
    }
}
