namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The bytes of a record are stored after the reference that leads to it.</summary>
internal sealed class PublishedBeforeFilled : Defect
{
    private readonly Dictionary<Actor, List<(long Offset, byte[] Bytes)>> _late = [];

    public override void Fill(Actor actor, long offset, ReadOnlySpan<byte> source)
    {
        if (!_late.TryGetValue(actor, out var late))
            _late[actor] = late = [];
        late.Add((offset, source.ToArray()));
    }

    public override void Write(Actor actor, long offset, ulong value)
    {
        base.Write(actor, offset, value);
        if (!actor.Image.IsInIndex(offset) || !_late.Remove(actor, out var late))
            return;
        foreach (var (place, bytes) in late)
            actor.Fill(place, bytes);
    }
}
