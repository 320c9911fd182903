namespace EtsPersist.Mmf;

/// <summary>The row itself as its one element.</summary>
internal sealed class WholeValue<TRow>() : ElementPlace<TRow, TRow>(null)
{
    private readonly ICodec<TRow> _codec = Codecs.ForValue<TRow>();

    public override TRow Get(EditBuffer row) => _codec.Decode(row.Bytes);

    public override void Set(EditBuffer row, TRow element) => row.Load(_codec, element);
}
