namespace EtsPersist.Mmf;

/// <summary>Rows whose key is one of their members, of whatever type.</summary>
internal abstract class MemberRowCodec<TRow>(ICodec<TRow> values) : RowCodec<TRow, TRow>(values)
{
    /// <summary>A key as bytes.</summary>
    /// <exception cref="ArgumentException">It is of another type than the keys of these rows, and no integer that one of them could be.</exception>
    public EncodedBytes Encode<TKey>(TKey key, Span<byte> scratch) =>
        this is KeyedRowCodec<TKey, TRow> own ? own.EncodeOwn(key, scratch) : EncodeOther(key, scratch);

    protected abstract EncodedBytes EncodeOther(object? key, Span<byte> scratch);
}
