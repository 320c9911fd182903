namespace EtsPersist.Mmf;

/// <summary>An addition to a member of a row; made by <see cref="EtsElement.Add"/>.</summary>
public abstract class ElementCounter<TRow>
{
    private protected ElementCounter()
    {
    }

    /// <summary>The member's name, or null for the whole value.</summary>
    public abstract string? Member { get; }

    /// <summary>Changes the encoded row and returns the member's new value.</summary>
    internal abstract long Apply(EditBuffer row);
}
