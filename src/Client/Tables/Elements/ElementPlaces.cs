using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace EtsPersist.Mmf;

/// <summary>Finds the place that a lambda means. Each is built once.</summary>
internal static class ElementPlaces<TRow, TElement>
{
    private static readonly ConcurrentDictionary<MemberInfo, ElementPlace<TRow, TElement>> Known = new();

    private static ElementPlace<TRow, TElement>? Whole;

    /// <exception cref="ArgumentException">The lambda is no stored member of the row.</exception>
    public static ElementPlace<TRow, TElement> Find(Expression<Func<TRow, TElement>> member)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (member.Body == member.Parameters[0])
            return Whole ??= (ElementPlace<TRow, TElement>)(object)new WholeValue<TRow>();
        if (member.Body is not MemberExpression access || access.Expression != member.Parameters[0])
            throw NoMember(member, "it is no member of the row itself, of the type that is asked for");
        if (Known.TryGetValue(access.Member, out var known))
            return known;
        return Known.GetOrAdd(access.Member, Create(member, access));
    }

    private static ElementPlace<TRow, TElement> Create(Expression<Func<TRow, TElement>> member, MemberExpression access)
    {
        if (Codecs.ForValue<TRow>() is not RecordCodec<TRow> { Record: { } record } codec)
            return IsAssignable(access.Member) ? new DecodedElement<TRow, TElement>(access, member) : throw NoMember(member, "it cannot be set");
        return record.Find(access.Member.Name, out var index) is MessagePackFormatter<TElement> formatter
            ? new RecordElement<TRow, TElement>(codec, access.Member.Name, index, formatter)
            : throw NoMember(member, $"rows are stored as {record.Schema}");
    }

    private static bool IsAssignable(MemberInfo member) => member switch
    {
        PropertyInfo property => property.CanWrite,
        FieldInfo field => !field.IsInitOnly,
        _ => false,
    };

    private static ArgumentException NoMember(Expression<Func<TRow, TElement>> member, string why) =>
        new($"'{member}' is no element of a {typeof(TRow).Name}: {why}. Name a member that is stored, such as 'row => row.Balance'.", nameof(member));
}
