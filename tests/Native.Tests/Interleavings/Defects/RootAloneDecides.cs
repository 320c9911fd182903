using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>A bucket does not say that it has split: who came by the old root believes that everything is still there.</summary>
internal sealed class RootAloneDecides : Defect
{
    private const int Splitter = 0;

    public override ulong Read(Actor actor, long offset)
    {
        var value = base.Read(actor, offset);
        var meta = new BucketMeta(value);
        var hasSplit = actor.Index != Splitter && actor.Image.IsMeta(offset) && actor.Image.BucketOf(offset) == 0 && meta.Level > TableGeometry.InitialLevel;
        return hasSplit ? BucketMeta.Free(TableGeometry.InitialLevel, meta.Version).WithOccupied(meta.Occupied).Bits : value;
    }
}
