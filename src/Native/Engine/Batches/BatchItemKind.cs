namespace EtsPersist.Mmf.Native.Engine.Batches;

/// <summary>What one item of a batch does.</summary>
internal enum BatchItemKind : byte
{
    /// <summary>Stores a value, whatever was there.</summary>
    Insert,

    /// <summary>Removes the row, if there is one.</summary>
    Delete,

    /// <summary>Adds to a counter.</summary>
    UpdateCounter,

    /// <summary>Removes all rows of a bag's key that have this value.</summary>
    DeleteObject,

    /// <summary>Changes nothing, but calls the batch off unless the row has this value.</summary>
    Require,

    /// <summary>Changes nothing, but calls the batch off if there is a row.</summary>
    RequireMissing,
}
