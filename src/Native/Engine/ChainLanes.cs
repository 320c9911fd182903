using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>The rows' references of a bucket that the caller has locked, in the order of the chain.</summary>
internal unsafe ref struct ChainLanes<TMemory>(TableSpace space, Bucket* bucket) where TMemory : struct, ISharedMemory
{
    private Bucket* _lanes = bucket;
    private int _lane = -1;

    public Reference Current { get; private set; }

    public readonly ChainLanes<TMemory> GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            if (++_lane == Bucket.Lanes)
                return false;
            Current = new Reference(TMemory.Read(&_lanes->References[_lane]));
            if (Current.IsOverflow)
            {
                _lanes = (Bucket*)space.At(Current.Offset);
                _lane = -1;
            }
            else if (!Current.IsEmpty)
            {
                return true;
            }
        }
    }
}
