namespace EtsPersist.Mmf.Native;

/// <summary>What a writer is doing.</summary>
public enum OperationKind
{
    /// <summary>It changes one row, or allocates for it.</summary>
    Row,

    /// <summary>It splits a bucket or a node.</summary>
    Split,

    /// <summary>It commits a batch, or tidies up behind one.</summary>
    Batch,
}
