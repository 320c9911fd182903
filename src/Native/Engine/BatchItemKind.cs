namespace EtsPersist.Mmf.Native.Engine;

/// <summary>What one item of a batch does.</summary>
internal enum BatchItemKind : byte
{
    /// <summary>Stores a value, whatever was there.</summary>
    Insert,

    /// <summary>Removes the row, if there is one.</summary>
    Delete,

    /// <summary>Adds to a counter.</summary>
    UpdateCounter,
}
