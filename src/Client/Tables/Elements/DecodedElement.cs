using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>A member of a tuple or of a struct that is stored as its memory: the row is decoded, changed and encoded again.</summary>
internal sealed class DecodedElement<TRow, TElement> : ElementPlace<TRow, TElement>
{
    private readonly ICodec<TRow> _codec = Codecs.ForValue<TRow>();
    private readonly Func<TRow, TElement> _get;
    private readonly Func<TRow, TElement, TRow> _set;

    public DecodedElement(MemberExpression member, Expression<Func<TRow, TElement>> get)
        : base(member.Member.Name)
    {
        _get = get.Compile();
        var row = Expression.Parameter(typeof(TRow));
        var element = Expression.Parameter(typeof(TElement));
        var assignment = Expression.Assign(Expression.MakeMemberAccess(row, member.Member), element);
        _set = Expression.Lambda<Func<TRow, TElement, TRow>>(Expression.Block(assignment, row), row, element).Compile();
    }

    public override TElement Get(EditBuffer row) => _get(_codec.Decode(row.Bytes));

    public override void Set(EditBuffer row, TElement element) => row.Load(_codec, _set(_codec.Decode(row.Bytes), element));
}
