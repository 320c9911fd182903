namespace EtsPersist.Mmf.Peer.Workload;

/// <summary>What every row of the accounts must fulfil, whoever wrote it.</summary>
internal static class AccountRows
{
    public const int Count = 50;

    private const int Price = 7;
    private const string Currency = "EUR";

    public static string KeyOf(long sequence) => FormattableString.Invariant($"account-{sequence % Count}");

    public static AccountVersion1 Version1(long sequence) => new(KeyOf(sequence), sequence * Price, sequence);

    public static AccountVersion2 Version2(long sequence) => new(KeyOf(sequence), sequence * Price, sequence, Currency);

    /// <summary>What is wrong with a row, or null.</summary>
    public static string? Check<TRow>(string key, TRow row) where TRow : IAccount =>
        row.Owner == key && KeyOf(row.Sequence) == key && row.Balance == row.Sequence * Price
        && row is not AccountVersion2 { Currency: not (Currency or AccountVersion2.DefaultCurrency) }
            ? null
            : $"{key} is {row}";
}
