using System.Linq.Expressions;
using System.Reflection;

namespace EtsPersist.Mmf;

/// <summary>Rows whose key is one of their members.</summary>
internal sealed class KeyedRowCodec<TKey, TRow>(ICodec<TKey> keys, ICodec<TRow> values, MemberInfo member, Expression<Func<TRow, TKey>> key)
    : MemberRowCodec<TRow>(values)
{
    private readonly Func<TRow, TKey> _key = key.Compile();
    private readonly ElementPlace<TRow, TKey> _place = ElementPlaces<TRow, TKey>.Find(key);

    public override SchemaNode KeySchema => keys.Schema;

    public override int KeyFixedSize => keys.FixedSize;

    public override Type KeyType => typeof(TKey);

    public override TRow Decode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Values.Decode(value);

    public override EncodedBytes EncodeKey(TRow row, Span<byte> scratch)
    {
        if (row is null)
            throw new ArgumentNullException(nameof(row));
        return EncodedBytes.Of(keys, _key(row), scratch);
    }

    public override TRow ValueOf(TRow row) => row;

    public override void RequireKey(TRow value, ReadOnlySpan<byte> key)
    {
        using var own = EncodeKey(value, stackalloc byte[EncodedBytes.ScratchBytes]);
        if (!own.Bytes.SequenceEqual(key))
            throw new KeyChangedException(
                $"A row with {member.Name} {keys.Decode(key)} cannot become one with {member.Name} {_key(value)}. Delete it and insert the other.");
    }

    public override void RequireNoKey(string? changed)
    {
        if (changed is null || changed == member.Name)
            throw new KeyChangedException($"{member.Name} is the key of a {typeof(TRow).Name} and never changes. Delete the row and insert another.");
    }

    public override void ReplaceKey(EditBuffer value, ReadOnlySpan<byte> key) => _place.Set(value, keys.Decode(key));

    public override bool IsKey(Expression expression, ParameterExpression row) =>
        expression is MemberExpression access && access.Expression == row && access.Member.Name == member.Name;

    public override byte[] EncodeBound(object key)
    {
        using var encoded = EncodeOwn((TKey)key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return encoded.Bytes.ToArray();
    }

    public EncodedBytes EncodeOwn(TKey key, Span<byte> scratch) => EncodedBytes.Of(keys, key, scratch);

    protected override EncodedBytes EncodeOther(object? key, Span<byte> scratch) => key is not null && IntegerKey.TryConvert(key, typeof(TKey), out var own)
        ? EncodeOwn((TKey)own, scratch)
        : throw new ArgumentException(
            $"The key of a {typeof(TRow).Name} is its {member.Name}, of type {typeof(TKey).Name}; {key ?? "null"} is of type {key?.GetType().Name ?? "none"}.", nameof(key));
}
