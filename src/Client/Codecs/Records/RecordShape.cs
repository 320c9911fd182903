using System.Reflection;

namespace EtsPersist.Mmf;

/// <summary>
/// The members of a record, class or struct in the order of their positions, and the constructor that takes some of them.
/// </summary>
internal sealed class RecordShape
{
    private RecordShape(ConstructorInfo? constructor, IReadOnlyList<RecordMember> members)
    {
        Constructor = constructor;
        Members = members;
    }

    /// <summary>The constructor; null for a struct's default.</summary>
    public ConstructorInfo? Constructor { get; }

    /// <summary>The members in the order of their positions.</summary>
    public IReadOnlyList<RecordMember> Members { get; }

    /// <summary>The shape of a type.</summary>
    /// <exception cref="UnsupportedTypeException">The type cannot be stored as a record.</exception>
    public static RecordShape Of(Type type)
    {
        if (!IsOwn(type) || type.IsAbstract || type.IsInterface || type.IsPointer || type.IsByRefLike
            || typeof(Delegate).IsAssignableFrom(type))
            throw UnsupportedType.Of(type, "it is neither a built-in type nor a record, class or struct that can be created");
        var candidates = Candidates(type);
        var constructor = FindConstructor(type, candidates);
        var parameters = constructor?.GetParameters() ?? [];
        var members = new List<RecordMember>();
        foreach (var parameter in parameters)
        {
            if (Match(parameter, candidates) is { } member && !IsIgnored(member, parameter))
                members.Add(new RecordMember(member, parameter));
        }

        foreach (var member in candidates)
        {
            if (IsSettable(member) && !IsIgnored(member, null) && !parameters.Any(parameter => Match(parameter, [member]) is not null))
                members.Add(new RecordMember(member, null));
        }

        if (members.Count == 0) throw UnsupportedType.Of(type, "it has no public member that can be read and set");
        return new RecordShape(constructor, Positioned(type, members));
    }

    /// <summary>The member that a parameter sets, or null.</summary>
    public static MemberInfo? Match(ParameterInfo parameter, IEnumerable<MemberInfo> members) => members.FirstOrDefault(member =>
        string.Equals(member.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
        && RecordMember.TypeOf(member) == parameter.ParameterType);

    private static bool IsOwn(Type type)
    {
        var name = type.FullName ?? type.Name;
        return !name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
            || name.StartsWith("System.Collections.Generic.KeyValuePair`", StringComparison.Ordinal);
    }

    // Base types first, properties before fields, each as declared.
    private static List<MemberInfo> Candidates(Type type)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        var properties = type.GetProperties(Public)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0);
        return [.. properties.Cast<MemberInfo>().Concat(type.GetFields(Public))
            .GroupBy(member => member.Name)
            .Select(group => group.MaxBy(member => Depth(member.DeclaringType))!)
            .OrderBy(member => Depth(member.DeclaringType)).ThenBy(member => member is FieldInfo).ThenBy(member => member.MetadataToken)];
    }

    private static int Depth(Type? type)
    {
        var depth = 0;
        for (; type is not null; type = type.BaseType) depth++;
        return depth;
    }

    private static ConstructorInfo? FindConstructor(Type type, List<MemberInfo> members)
    {
        var fitting = type.GetConstructors().Where(constructor => constructor.GetParameters().All(parameter =>
            Match(parameter, members) is { } member && (!IsIgnored(member, parameter) || parameter.HasDefaultValue)));
        return fitting.MaxBy(constructor => constructor.GetParameters().Length) ?? (type.IsValueType
            ? null
            : throw UnsupportedType.Of(type,
                "it has no public constructor whose parameters are all public members of the same name and type"));
    }

    private static bool IsIgnored(MemberInfo member, ParameterInfo? parameter) =>
        member.IsDefined(typeof(EtsIgnoreAttribute), true) || (parameter?.IsDefined(typeof(EtsIgnoreAttribute), true) ?? false);

    private static bool IsSettable(MemberInfo member) => member switch
    {
        PropertyInfo property => property.SetMethod is { IsPublic: true },
        FieldInfo field => !field.IsInitOnly,
        _ => false,
    };

    private static List<RecordMember> Positioned(Type type, List<RecordMember> members)
    {
        if (members.TrueForAll(member => member.Position is null)) return members;
        var positioned = members.OrderBy(member => member.Position ?? 0).ToList();
        for (var index = 0; index < positioned.Count; index++)
        {
            if (positioned[index].Position != index + 1)
                throw UnsupportedType.Member(type, positioned[index].Name,
                    "the positions of [EtsMember] must be on all members and run from 1 without gaps");
        }

        return positioned;
    }
}
