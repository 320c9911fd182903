namespace EtsPersist.Mmf;

/// <summary>Sets the element at a place.</summary>
internal sealed class ElementAssignment<TRow, TElement>(ElementPlace<TRow, TElement> place, TElement value) : ElementUpdate<TRow>
{
    public override string? Member => place.Member;

    internal override void Apply(EditBuffer row) => place.Set(row, value);
}
