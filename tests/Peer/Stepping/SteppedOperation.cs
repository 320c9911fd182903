namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>One operation on a table that it has brought into the state that it needs.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Prepare">Makes the table and says how to run the operation.</param>
internal sealed record SteppedOperation(string Name, Func<SteppingGround, PreparedOperation> Prepare)
{
    /// <summary>Whether it changes what readers, managers or workers see of the table.</summary>
    public bool IsVisible { get; init; } = true;

    /// <summary>Whether it adds a bucket to the index.</summary>
    public bool Splits { get; init; }

    public override string ToString() => Name;
}
