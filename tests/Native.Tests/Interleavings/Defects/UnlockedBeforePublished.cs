namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The lock is given back before the store that it should guard.</summary>
internal sealed class UnlockedBeforePublished : Defect
{
    private readonly Dictionary<Actor, (long Offset, ulong Value)> _late = [];

    public override void Write(Actor actor, long offset, ulong value)
    {
        if (actor.Image.IsInIndex(offset) && !actor.Image.IsMeta(offset))
        {
            _late[actor] = (offset, value);
            return;
        }
        base.Write(actor, offset, value);
        if (actor.Image.IsMeta(offset) && _late.Remove(actor, out var late))
            base.Write(actor, late.Offset, late.Value);
    }
}
