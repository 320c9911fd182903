using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>A split commits before the partner is filled.</summary>
internal sealed class PartnerFilledLate : Defect
{
    private const ulong FirstPartner = 1UL << TableGeometry.InitialLevel;

    private readonly List<(long Offset, ulong Value)> _late = [];
    private bool _isCommitted;

    public override void Write(Actor actor, long offset, ulong value)
    {
        var isInPartner = actor.Image.IsInIndex(offset) && actor.Image.BucketOf(offset) >= FirstPartner;
        if (isInPartner && !_isCommitted)
        {
            _late.Add((offset, value));
            return;
        }
        base.Write(actor, offset, value);
        if (_isCommitted || !actor.Image.IsMeta(offset) || new BucketMeta(value).Level == TableGeometry.InitialLevel)
            return;
        _isCommitted = true;
        foreach (var (place, late) in _late)
            base.Write(actor, place, late);
    }
}
