using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The journal does not say that an operation is committed before the lock is given back.</summary>
internal sealed class CommitNotNoted : Defect
{
    public override void Write(Actor actor, long offset, ulong value)
    {
        if (!Image.IsJournalState(offset) || (JournalState)value != JournalState.Committed)
            base.Write(actor, offset, value);
    }
}
