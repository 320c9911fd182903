using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>A comparison of a row's key with a value that does not depend on the row.</summary>
/// <param name="Operator">How the key compares: equal, less, greater and so on, with the key on the left.</param>
/// <param name="Key">The key, as the comparison sees it.</param>
/// <param name="Value">The value.</param>
internal sealed record KeyComparison(ExpressionType Operator, Expression Key, Expression Value)
{
    /// <summary>The comparison that an expression is, or null if it is none, or none of the row's key in its own order.</summary>
    public static KeyComparison? Of<TRow, TValue>(Expression expression, RowCodec<TRow, TValue> codec, ParameterExpression row)
    {
        if (expression is not BinaryExpression binary || !IsComparison(binary.NodeType))
            return null;
        return Between(binary.NodeType, binary.Left, binary.Right, codec, row)
            ?? Between(Mirror(binary.NodeType), binary.Right, binary.Left, codec, row)
            ?? OfCall(binary.NodeType, binary.Left, binary.Right, codec, row)
            ?? OfCall(Mirror(binary.NodeType), binary.Right, binary.Left, codec, row);
    }

    /// <summary>A comparison of zero with what a comparing method returns, such as <c>string.CompareOrdinal(row.Key, "b") &lt; 0</c>.</summary>
    private static KeyComparison? OfCall<TRow, TValue>(
        ExpressionType type, Expression call, Expression zero, RowCodec<TRow, TValue> codec, ParameterExpression row)
    {
        if (call is not MethodCallExpression { Method: var method } compared || zero is not ConstantExpression { Value: 0 })
            return null;
        var isOrdinal = method.DeclaringType == typeof(string) && ((method.Name == nameof(string.CompareOrdinal) && compared.Arguments.Count == 2)
            || (method.Name == nameof(string.Compare) && compared.Arguments is [_, _, ConstantExpression { Value: StringComparison.Ordinal }]));
        if (isOrdinal)
            return Between(type, compared.Arguments[0], compared.Arguments[1], codec, row)
                ?? Between(Mirror(type), compared.Arguments[1], compared.Arguments[0], codec, row);
        var isCompareTo = method.Name == nameof(IComparable<>.CompareTo) && compared is { Object: not null, Arguments.Count: 1 }
            && method.DeclaringType != typeof(string); // which asks the culture
        return isCompareTo
            ? Between(type, compared.Object!, compared.Arguments[0], codec, row) ?? Between(Mirror(type), compared.Arguments[0], compared.Object!, codec, row)
            : null;
    }

    private static KeyComparison? Between<TRow, TValue>(
        ExpressionType type, Expression key, Expression value, RowCodec<TRow, TValue> codec, ParameterExpression row) =>
        IsKey(key, codec, row) && !RowSearch.Finds(row, value) ? new KeyComparison(type, key, value) : null;

    /// <summary>Whether it is the key, perhaps widened to a type that has all of its values in the same order.</summary>
    private static bool IsKey<TRow, TValue>(Expression expression, RowCodec<TRow, TValue> codec, ParameterExpression row)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert, Method: null } widened
            && IntegerKey.Contains(widened.Type, widened.Operand.Type))
            expression = widened.Operand;
        return codec.IsKey(expression, row);
    }

    private static bool IsComparison(ExpressionType type) => type is ExpressionType.Equal
        or ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual;

    private static ExpressionType Mirror(ExpressionType type) => type switch
    {
        ExpressionType.LessThan => ExpressionType.GreaterThan,
        ExpressionType.LessThanOrEqual => ExpressionType.GreaterThanOrEqual,
        ExpressionType.GreaterThan => ExpressionType.LessThan,
        ExpressionType.GreaterThanOrEqual => ExpressionType.LessThanOrEqual,
        _ => type,
    };

    /// <summary>Looks whether an expression depends on the row.</summary>
    private sealed class RowSearch(ParameterExpression row) : ExpressionVisitor
    {
        private bool _isFound;

        public static bool Finds(ParameterExpression row, Expression expression)
        {
            var search = new RowSearch(row);
            search.Visit(expression);
            return search._isFound;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _isFound |= node == row;
            return node;
        }
    }
}
