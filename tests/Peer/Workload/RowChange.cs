namespace EtsPersist.Mmf.Peer.Workload;

/// <summary>One change of one row. Its value's bytes belong to the stream and change with its next operation.</summary>
internal readonly record struct RowChange(RowChangeKind Kind, byte[] Key, ReadOnlyMemory<byte> Value, long Increment);
