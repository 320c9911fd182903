using System.Linq.Expressions;
using System.Reflection;

namespace EtsPersist.Mmf;

/// <summary>Which member of a row is its key.</summary>
internal static class RowKey<TRow>
{
    /// <summary>The codec of such rows in a table.</summary>
    /// <exception cref="UnsupportedTypeException">The rows have no member that can be a key.</exception>
    public static MemberRowCodec<TRow> CodecFor(bool isOrdered)
    {
        var member = Find();
        var create = typeof(RowKey<TRow>).GetMethod(nameof(Create), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(RecordMember.TypeOf(member));
        return (MemberRowCodec<TRow>)create.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [isOrdered, member], null)!;
    }

    private static KeyedRowCodec<TKey, TRow> Create<TKey>(bool isOrdered, MemberInfo member)
    {
        var row = Expression.Parameter(typeof(TRow));
        var key = Expression.Lambda<Func<TRow, TKey>>(Expression.MakeMemberAccess(row, member), row);
        return new KeyedRowCodec<TKey, TRow>(KeyCodec<TKey>.Of(isOrdered), Codecs.ForValue<TRow>(), member, key);
    }

    private static MemberInfo Find()
    {
        var members = RecordShape.Of(typeof(TRow)).Members;
        var marked = members.Where(IsMarked).ToList();
        return marked.Count <= 1
            ? (marked.FirstOrDefault() ?? members[0]).Member
            : throw UnsupportedType.Of(typeof(TRow), $"both {marked[0].Name} and {marked[1].Name} are marked [EtsKey], and a row has one key");
    }

    private static bool IsMarked(RecordMember member) =>
        member.Member.IsDefined(typeof(EtsKeyAttribute), true) || (member.Parameter?.IsDefined(typeof(EtsKeyAttribute), true) ?? false);
}
