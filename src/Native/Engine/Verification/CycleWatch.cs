namespace EtsPersist.Mmf.Native.Engine.Verification;

/// <summary>
/// Notices that a chain leads in a circle, which only a damaged one does: Brent's method, without memory, in a few times the circle's steps.
/// </summary>
internal struct CycleWatch
{
    private long _marked;
    private int _stride;
    private int _left;

    /// <summary>Whether the chain has come back to a place; asked at each step. No place is 0.</summary>
    public bool HasReturned(long offset)
    {
        if (offset == _marked)
            return true;
        if (_left-- == 0)
        {
            _marked = offset;
            _left = _stride = (2 * _stride) + 1;
        }
        return false;
    }
}
