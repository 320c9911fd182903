namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>What an operation wants done to the row under its key.</summary>
internal enum RowDecision
{
    /// <summary>Leave everything as it is.</summary>
    Keep,

    /// <summary>Store the operation's value.</summary>
    Store,

    /// <summary>Remove the row.</summary>
    Remove,
}
