namespace EtsPersist.Mmf.Client.Tests.Protocol;

/// <summary>Gives its bytes one by one and then nothing more, and does not end.</summary>
internal sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == Length) await Task.Delay(Timeout.Infinite, cancellationToken);
        return await base.ReadAsync(buffer[..1], cancellationToken);
    }
}
