using System.Runtime.InteropServices;

namespace EtsPersist.Mmf;

/// <summary>A <see cref="List{T}"/>, or nil.</summary>
internal sealed class GenericListFormatter<TElement>(MessagePackFormatter<TElement> element)
    : ListFormatter<List<TElement>, TElement>(element)
{
    protected override ReadOnlySpan<TElement> Elements(List<TElement>? list) => CollectionsMarshal.AsSpan(list);

    protected override List<TElement> From(TElement[] items) => [.. items];
}
