using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>A bucket is unlocked after something was unlinked, and its version stays.</summary>
internal sealed class VersionNotMoved : Defect
{
    public override void Write(Actor actor, long offset, ulong value)
    {
        var before = new BucketMeta(actor.Image.Read(offset));
        var after = new BucketMeta(value);
        var unlocks = actor.Image.IsMeta(offset) && before.IsLocked && !after.IsLocked;
        base.Write(actor, offset, unlocks ? BucketMeta.Free(after.Level, before.Version).WithOccupied(after.Occupied).Bits : value);
    }
}
