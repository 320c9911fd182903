namespace EtsPersist.Mmf;

/// <summary>An assignment to a member of a row; made by <see cref="EtsElement.Set"/>.</summary>
public abstract class ElementUpdate<TRow>
{
    private protected ElementUpdate()
    {
    }

    /// <summary>The member's name, or null for the whole value.</summary>
    public abstract string? Member { get; }

    /// <summary>Changes the encoded row.</summary>
    internal abstract void Apply(EditBuffer row);
}
