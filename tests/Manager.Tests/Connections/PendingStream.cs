namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>A stream whose reader never comes: a write ends when it is cancelled, as one of a pipe on Windows that is disposed of.</summary>
internal sealed class PendingStream : MemoryStream
{
    private readonly TaskCompletionSource _writing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Cancel() => _writing.SetCanceled();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(_writing.Task);
}
