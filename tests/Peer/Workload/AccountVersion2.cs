namespace EtsPersist.Mmf.Peer.Workload;

/// <summary>The rows of the program's second version: one member more.</summary>
internal sealed record AccountVersion2(string Owner, long Balance, long Sequence, string Currency = AccountVersion2.DefaultCurrency)
    : IAccount
{
    public const string DefaultCurrency = "none";
}
