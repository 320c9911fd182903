using System.Linq.Expressions;
using System.Reflection;

namespace EtsPersist.Mmf;

/// <summary>A stored member of a record: a property or field, and the constructor's parameter of the same name if there is one.</summary>
internal sealed record RecordMember(MemberInfo Member, ParameterInfo? Parameter)
{
    public string Name => Member.Name;

    public Type Type => TypeOf(Member);

    public int? Position =>
        (Member.GetCustomAttribute<EtsMemberAttribute>() ?? Parameter?.GetCustomAttribute<EtsMemberAttribute>())?.Position;

    public static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    /// <summary>What a row without this member has in its place.</summary>
    public Expression Default => Parameter is null ? Expression.Default(Type) : DefaultOf(Parameter);

    public static Expression DefaultOf(ParameterInfo parameter) => parameter is { HasDefaultValue: true, DefaultValue: { } value }
        ? Expression.Convert(Expression.Constant(value), parameter.ParameterType)
        : Expression.Default(parameter.ParameterType);
}
