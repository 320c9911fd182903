using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Recovery does not give back a bucket that the dead writer had locked.</summary>
internal sealed class LockKeptByRecovery : Defect
{
    public override void Write(Actor actor, long offset, ulong value)
    {
        var before = new BucketMeta(actor.Image.Read(offset));
        var unlocksForTheDead = actor.Image.IsMeta(offset) && before.IsLocked && !actor.Execution.IsSlotOfTheLiving(SlotOf(before));
        base.Write(actor, offset, unlocksForTheDead ? before.Bits : value);
    }

    private static int SlotOf(BucketMeta meta) => Engine.Space.TableSpace.SlotOfJournal(meta.Lock);
}
