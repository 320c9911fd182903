using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>
/// A value tuple: its elements side by side, each of a fixed size or with its length before it, or, in keys of ordered tables, with an end behind it.
/// Compiled once for each type.
/// </summary>
internal sealed class TupleCodec<T> : ICodec<T>
{
    private delegate long Sizer(T value);

    private delegate int Encoder(T value, Span<byte> destination);

    private delegate T Decoder(ReadOnlySpan<byte> source);

    private readonly Sizer _size;
    private readonly Encoder _encode;
    private readonly Decoder _decode;

    public TupleCodec(CodecUse use)
    {
        var form = use == CodecUse.OrderedKey ? typeof(OrderedTupleElement) : typeof(TupleElement);
        var types = typeof(T).GetGenericArguments();
        var codecs = Array.ConvertAll(types, type => CodecFactory.Create(type, use));
        var facts = codecs.Zip(types, (codec, type) => Call(form, nameof(TupleElement.Facts), type, Expression.Constant(codec)))
            .Select(call => Expression.Lambda<Func<(int FixedSize, SchemaNode Schema)>>(call).Compile()()).ToArray();
        Schema = SchemaNode.Tuple([.. facts.Select(fact => fact.Schema)]);
        FixedSize = facts.Any(fact => fact.FixedSize < 0) ? -1 : facts.Sum(fact => fact.FixedSize);

        var value = Expression.Parameter(typeof(T));
        var destination = Expression.Parameter(typeof(Span<byte>));
        var source = Expression.Parameter(typeof(ReadOnlySpan<byte>));
        var offset = Expression.Variable(typeof(int));
        Expression size = Expression.Constant(0L);
        Expression encoded = Expression.Constant(0);
        var elements = new List<Expression>();
        for (var index = 0; index < types.Length; index++)
        {
            var codec = Expression.Constant(codecs[index], typeof(ICodec<>).MakeGenericType(types[index]));
            var item = Expression.Field(value, $"Item{index + 1}");
            size = Expression.Add(size, Call(form, nameof(TupleElement.MaxSize), types[index], codec, item));
            encoded = Call(form, nameof(TupleElement.Encode), types[index], codec, item, destination, encoded);
            elements.Add(Call(form, nameof(TupleElement.Decode), types[index], codec, source, offset));
        }

        var tuple = Expression.Variable(typeof(T));
        _size = Expression.Lambda<Sizer>(size, value).Compile();
        _encode = Expression.Lambda<Encoder>(encoded, value, destination).Compile();
        _decode = Expression.Lambda<Decoder>(
            Expression.Block(
                [offset, tuple],
                Expression.Assign(offset, Expression.Constant(0)),
                Expression.Assign(tuple, Expression.New(typeof(T).GetConstructor(types)!, elements)),
                Expression.Call(form, nameof(TupleElement.End), null, source, offset),
                tuple),
            source).Compile();
    }

    public int FixedSize { get; }

    public SchemaNode Schema { get; }

    public int MaxSize(T value) => FixedSize >= 0 ? FixedSize : RecordSize.Checked(_size(value));

    public int Encode(T value, Span<byte> destination) => _encode(value, destination);

    public T Decode(ReadOnlySpan<byte> source) => _decode(source);

    private static MethodCallExpression Call(Type form, string method, Type element, params Expression[] arguments) =>
        Expression.Call(form, method, [element], arguments);
}
