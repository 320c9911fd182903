namespace EtsPersist.Mmf;

/// <summary>An array, or nil.</summary>
internal sealed class ArrayFormatter<TElement>(MessagePackFormatter<TElement> element) : ListFormatter<TElement[], TElement>(element)
{
    protected override ReadOnlySpan<TElement> Elements(TElement[]? list) => list;

    protected override TElement[] From(TElement[] items) => items;
}
