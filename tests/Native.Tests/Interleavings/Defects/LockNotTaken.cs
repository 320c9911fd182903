namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>A writer believes that it has locked a bucket.</summary>
internal sealed class LockNotTaken : Defect
{
    public override bool CompareExchange(Actor actor, long offset, ulong expected, ulong value) =>
        actor.Image.IsMeta(offset) ? actor.Read(offset) == expected : base.CompareExchange(actor, offset, expected, value);
}
