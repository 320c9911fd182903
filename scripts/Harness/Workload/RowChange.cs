namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>One change of one row. What its value is made of, beside its length, is the operation's.</summary>
internal readonly record struct RowChange(RowChangeKind Kind, byte[] Key, int ValueLength, long Increment);
