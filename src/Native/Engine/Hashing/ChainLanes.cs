using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>The rows' references of a bucket that the caller has locked, in the order of the chain, which may be damaged.</summary>
internal unsafe ref struct ChainLanes<TMemory>(TableSpace space, Bucket* bucket) where TMemory : struct, ISharedMemory
{
    private Bucket* _lanes = bucket;
    private int _lane = -1;
    private CycleWatch _watch;

    public Reference Current { get; private set; }

    public readonly ChainLanes<TMemory> GetEnumerator() => this;

    /// <exception cref="CorruptTableException">The chain leads outside, or in a circle.</exception>
    public bool MoveNext()
    {
        while (true)
        {
            if (++_lane == Bucket.Lanes)
                return false;
            Current = new Reference(TMemory.Read(&_lanes->References[_lane]));
            if (Current.IsOverflow)
            {
                _lanes = Follow(space, Current, _lane, ref _watch);
                _lane = -1;
            }
            else if (!Current.IsEmpty)
            {
                return true;
            }
        }
    }

    /// <summary>The overflow bucket that a lane leads to.</summary>
    /// <exception cref="CorruptTableException">There can be none.</exception>
    public static Bucket* Follow(TableSpace space, Reference reference, int lane, ref CycleWatch watch)
    {
        if (lane != Bucket.LastLane || !space.IsInSlabs(reference.Offset, TableGeometry.BucketBytes, (long)TMemory.Read(&space.Header->SlabsReserved)))
            throw Damage.Link(space, reference.Offset);
        if (watch.HasReturned(reference.Offset))
            throw Damage.Circle(space, reference.Offset);
        return (Bucket*)space.At(reference.Offset);
    }
}
