using System.Diagnostics.CodeAnalysis;

namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>
/// An operation on the row of one key. It decides under the key's lock, so it must neither block nor throw anything but a typed error,
/// upon which the operation has not happened.
/// </summary>
internal interface IRowOperation
{
    /// <summary>The length of the value that may be stored, or -1 if the operation never stores one.</summary>
    int ValueBytes { get; }

    /// <summary>Whether <see cref="Value"/> is known before <see cref="Decide"/>, so that a long one is copied outside of the lock.</summary>
    bool ValueIsKnown { get; }

    /// <summary>The value to store.</summary>
    [UnscopedRef]
    ReadOnlySpan<byte> Value { get; }

    /// <summary>Looks at the row and says what to do.</summary>
    RowDecision Decide(bool exists, ReadOnlySpan<byte> current);
}
