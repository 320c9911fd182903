using System.Linq.Expressions;
using System.Reflection;

namespace EtsPersist.Mmf;

/// <summary>Turns a record's shape and its members' formatters into code, once for each type.</summary>
internal static class RecordCompiler
{
    public static CompiledRecord<T> Compile<T>(RecordShape shape, SchemaNode schema, IReadOnlyList<object> formatters) => new(
        schema, formatters, Sizer<T>(shape, formatters), Writer<T>(shape, formatters), Reader<T>(shape, formatters));

    private static CompiledRecord<T>.Sizer Sizer<T>(RecordShape shape, IReadOnlyList<object> formatters)
    {
        var value = Expression.Parameter(typeof(T));
        var depth = Expression.Parameter(typeof(int));
        Expression size = Expression.Constant(0L);
        for (var index = 0; index < formatters.Count; index++)
            size = Expression.Add(size, Call(formatters[index], "MaxSize", Get(value, shape.Members[index]), depth));
        return Expression.Lambda<CompiledRecord<T>.Sizer>(size, value, depth).Compile();
    }

    private static CompiledRecord<T>.Writer Writer<T>(RecordShape shape, IReadOnlyList<object> formatters)
    {
        var writer = Expression.Parameter(typeof(MessagePackWriter).MakeByRefType());
        var value = Expression.Parameter(typeof(T));
        var writes = formatters.Select((formatter, index) => Call(formatter, "Write", writer, Get(value, shape.Members[index])));
        return Expression.Lambda<CompiledRecord<T>.Writer>(Expression.Block(typeof(void), writes), writer, value).Compile();
    }

    private static CompiledRecord<T>.Reader Reader<T>(RecordShape shape, IReadOnlyList<object> formatters)
    {
        var reader = Expression.Parameter(typeof(MessagePackReader).MakeByRefType());
        var count = Expression.Parameter(typeof(int));
        var record = Expression.Variable(typeof(T));
        var locals = shape.Members.Select(member => Expression.Variable(member.Type, member.Name)).ToArray();
        var body = new List<Expression>();
        for (var index = 0; index < locals.Length; index++)
        {
            body.Add(Expression.Assign(locals[index], Expression.Condition(
                Present(count, index), Call(formatters[index], "Read", reader), shape.Members[index].Default, locals[index].Type)));
        }

        body.Add(Expression.Assign(record, New<T>(shape, locals)));
        for (var index = 0; index < locals.Length; index++)
        {
            // What is not in the row stays as the constructor made it: property initializers are defaults too.
            if (shape.Members[index].Parameter is null)
                body.Add(Expression.IfThen(Present(count, index), Expression.Assign(Get(record, shape.Members[index]), locals[index])));
        }

        body.Add(record);
        return Expression.Lambda<CompiledRecord<T>.Reader>(Expression.Block([.. locals, record], body), reader, count).Compile();
    }

    private static NewExpression New<T>(RecordShape shape, ParameterExpression[] locals)
    {
        if (shape.Constructor is null) return Expression.New(typeof(T));
        return Expression.New(shape.Constructor, shape.Constructor.GetParameters().Select(parameter => Argument(shape, locals, parameter)));
    }

    private static Expression Argument(RecordShape shape, ParameterExpression[] locals, ParameterInfo parameter)
    {
        for (var index = 0; index < locals.Length; index++)
        {
            if (shape.Members[index].Parameter == parameter) return locals[index];
        }

        return RecordMember.DefaultOf(parameter);
    }

    private static BinaryExpression Present(Expression count, int index) => Expression.GreaterThan(count, Expression.Constant(index));

    private static MemberExpression Get(Expression record, RecordMember member) => Expression.MakeMemberAccess(record, member.Member);

    private static MethodCallExpression Call(object formatter, string method, params Expression[] arguments) =>
        Expression.Call(Expression.Constant(formatter), formatter.GetType().GetMethod(method)!, arguments);
}
