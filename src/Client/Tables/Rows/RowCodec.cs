using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>How a row lies in the key and the value under which it is stored.</summary>
/// <typeparam name="TRow">The row as the program sees it.</typeparam>
/// <typeparam name="TValue">What is stored under the key.</typeparam>
internal abstract class RowCodec<TRow, TValue>(ICodec<TValue> values)
{
    /// <summary>The codec of what is stored under the key.</summary>
    public ICodec<TValue> Values { get; } = values;

    /// <summary>What the key is made of.</summary>
    public abstract SchemaNode KeySchema { get; }

    /// <summary>The bytes of every key if all take the same number, else -1.</summary>
    public abstract int KeyFixedSize { get; }

    /// <summary>The type of the key.</summary>
    public abstract Type KeyType { get; }

    /// <summary>Puts a stored row together.</summary>
    public abstract TRow Decode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>The key of a row as bytes.</summary>
    public abstract EncodedBytes EncodeKey(TRow row, Span<byte> scratch);

    /// <summary>What of a row is stored under its key.</summary>
    public abstract TValue ValueOf(TRow row);

    /// <summary>Makes sure that what is to be stored under a key belongs there.</summary>
    /// <exception cref="KeyChangedException">The value has a key of its own, and it is another one.</exception>
    public abstract void RequireKey(TValue value, ReadOnlySpan<byte> key);

    /// <summary>Makes sure that a member that is to be changed is not the key.</summary>
    /// <exception cref="KeyChangedException">It is.</exception>
    public abstract void RequireNoKey(string? member);

    /// <summary>Gives an encoded value the key under which it is to be stored.</summary>
    public abstract void ReplaceKey(EditBuffer value, ReadOnlySpan<byte> key);

    /// <summary>Whether an expression is the key of the row that a lambda is about.</summary>
    public abstract bool IsKey(Expression expression, ParameterExpression row);

    /// <summary>A key of the type <see cref="KeyType"/> as bytes.</summary>
    public abstract byte[] EncodeBound(object key);
}
