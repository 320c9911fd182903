namespace EtsPersist.Mmf.Client.Tests.Session;

/// <summary>A stream whose writes end as those of a lost or closed connection do.</summary>
internal sealed class EndedStream(Exception end) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => throw end;
}
