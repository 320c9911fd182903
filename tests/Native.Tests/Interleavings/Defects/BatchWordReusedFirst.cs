using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The batch word says right behind the commit that the next batch is being prepared, with the number of this one.</summary>
internal sealed class BatchWordReusedFirst : Defect
{
    private const long StateToBatchWord = 1408;

    public override void Write(Actor actor, long offset, ulong value)
    {
        base.Write(actor, offset, value);
        var isBatchWord = Image.IsJournalState(offset - StateToBatchWord);
        if (isBatchWord && new BatchWord(value).State == BatchWord.Committed)
            base.Write(actor, offset, new BatchWord(value).With(BatchWord.Preparing).Bits);
    }
}
