using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>Rows whose key stands beside the value.</summary>
internal sealed class PairCodec<TKey, TValue>(ICodec<TKey> keys, ICodec<TValue> values) : RowCodec<KeyValuePair<TKey, TValue>, TValue>(values)
{
    public override SchemaNode KeySchema => keys.Schema;

    public override int KeyFixedSize => keys.FixedSize;

    public override Type KeyType => typeof(TKey);

    public override KeyValuePair<TKey, TValue> Decode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        new(keys.Decode(key), Values.Decode(value));

    public override EncodedBytes EncodeKey(KeyValuePair<TKey, TValue> row, Span<byte> scratch) => EncodedBytes.Of(keys, row.Key, scratch);

    public override TValue ValueOf(KeyValuePair<TKey, TValue> row) => row.Value;

    // The value knows no key.
    public override void RequireKey(TValue value, ReadOnlySpan<byte> key)
    {
    }

    public override void RequireNoKey(string? member)
    {
    }

    public override void ReplaceKey(EditBuffer value, ReadOnlySpan<byte> key)
    {
    }

    public override bool IsKey(Expression expression, ParameterExpression row) =>
        expression is MemberExpression { Member.Name: nameof(KeyValuePair<,>.Key) } member && member.Expression == row;

    public override byte[] EncodeBound(object key)
    {
        using var encoded = EncodedBytes.Of(keys, (TKey)key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return encoded.Bytes.ToArray();
    }
}
