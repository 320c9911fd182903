using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A change of the engine's source that a test should notice.</summary>
internal abstract record Mutation : IComparable<Mutation>
{
    /// <summary>The store that is missing, or comes too late.</summary>
    public abstract StoreSite First { get; }

    /// <summary>What is changed, in the words of the source.</summary>
    public abstract string Text { get; }

    public int CompareTo(Mutation? other) => string.CompareOrdinal(ToString(), other?.ToString());
}
