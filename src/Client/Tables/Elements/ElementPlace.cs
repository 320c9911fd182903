namespace EtsPersist.Mmf;

/// <summary>Where an element lies in the bytes of a row.</summary>
internal abstract class ElementPlace<TRow, TElement>(string? member)
{
    /// <summary>The member's name, or null for the whole row.</summary>
    public string? Member { get; } = member;

    /// <summary>Reads the element of an encoded row.</summary>
    public abstract TElement Get(EditBuffer row);

    /// <summary>Puts another element in its place.</summary>
    public abstract void Set(EditBuffer row, TElement element);
}
