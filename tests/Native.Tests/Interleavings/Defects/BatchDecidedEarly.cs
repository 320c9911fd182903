using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The batch word says committed before the references of the batch are placed.</summary>
internal sealed class BatchDecidedEarly : Defect
{
    private const long StateToBatchWord = 1408;

    public override void Write(Actor actor, long offset, ulong value)
    {
        if (Image.IsJournalState(offset) && (JournalState)value == JournalState.BatchPlacing)
            actor.Write(offset + StateToBatchWord, new BatchWord(actor.Read(offset + StateToBatchWord)).With(BatchWord.Committed).Bits);
        base.Write(actor, offset, value);
    }
}
