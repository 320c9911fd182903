using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>
/// Finds in a predicate what it demands of the key: comparisons that stand in a conjunction. The range that they make may be too large, never too small:
/// every row in it is still asked.
/// </summary>
/// <remarks>
/// The values that the key is compared with are computed once, when the predicate is looked at, and are constants from then on. Where keys have no order
/// only an equal key helps, which is looked up.
/// </remarks>
internal sealed class KeyRangeFinder<TRow, TValue>(EtsRows<TRow, TValue> table, ParameterExpression row)
{
    private readonly bool _hasOrder = table.Kind == TableKind.OrderedSet;
    private KeyRange _range = KeyRange.All;

    /// <summary>The query that a predicate means.</summary>
    public static EtsQuery<TRow, TValue> ToQuery(EtsRows<TRow, TValue> table, Expression<Func<TRow, bool>> predicate)
    {
        var row = predicate.Parameters[0];
        var finder = new KeyRangeFinder<TRow, TValue>(table, row);
        var body = finder.Narrow(predicate.Body);
        return new EtsQuery<TRow, TValue>(table, finder._range, Expression.Lambda<Func<TRow, bool>>(body, row).Compile());
    }

    /// <summary>Narrows the range by what is demanded, and returns the same demand with the values as constants.</summary>
    private Expression Narrow(Expression demand)
    {
        if (demand is BinaryExpression { NodeType: ExpressionType.AndAlso, Method: null } both)
            return both.Update(Narrow(both.Left), null, Narrow(both.Right));
        return KeyComparison.Of(demand, table.Codec, row) is { } comparison ? Narrow(demand, comparison) : demand;
    }

    private Expression Narrow(Expression demand, KeyComparison comparison)
    {
        var value = Evaluate(comparison.Value);
        if (KeyValues.AsKey(value, table.Codec.KeyType) is { } key && RangeOf(comparison.Operator, key) is { } range)
            _range = _range.Intersect(range);
        return new Replacement(comparison.Value, Expression.Constant(value, comparison.Value.Type)).Visit(demand)!;
    }

    private KeyRange? RangeOf(ExpressionType type, object key) => type switch
    {
        ExpressionType.Equal => KeyRange.Point(table.Codec.EncodeBound(key)),
        _ when !_hasOrder => null,
        ExpressionType.LessThan => KeyRange.To(table.Codec.EncodeBound(key), inclusive: false),
        ExpressionType.LessThanOrEqual => KeyRange.To(table.Codec.EncodeBound(key), inclusive: true),
        ExpressionType.GreaterThan => KeyRange.From(table.Codec.EncodeBound(key), inclusive: false),
        _ => KeyRange.From(table.Codec.EncodeBound(key), inclusive: true),
    };

    private static object? Evaluate(Expression value) => value is ConstantExpression constant
        ? constant.Value
        : Expression.Lambda<Func<object?>>(Expression.Convert(value, typeof(object))).Compile(preferInterpretation: true)();

    private sealed class Replacement(Expression old, Expression replacing) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == old ? replacing : base.Visit(node);
    }
}
