namespace EtsPersist.Mmf.Peer.Workload;

/// <summary>The rows of the program's first version.</summary>
internal sealed record AccountVersion1(string Owner, long Balance, long Sequence) : IAccount;
