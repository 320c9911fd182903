namespace EtsPersist.Mmf.Soak;

/// <summary>Judges the table that was handed over, when all its workers and managers are dead.</summary>
internal static class OwnedTableCheck
{
    /// <summary>Recovers, accounts for every byte, checks every row, and judges what the owners recorded.</summary>
    public static LedgerVerdict Judge(SoakFolder folder, OwnershipLedger ledger, Findings findings)
    {
        using (var file = new InstanceDirectory(SoakFolder.Instance, folder.Root).OpenTable(OwnedRows.Table, writable: true))
        {
            file.RecoverDead();
            findings.Verified(file.Path, file.Verify());
        }
        using var table = EtsTable.Open<string, byte[]>(
            OwnedRows.Table, new EtsOpenOptions { Instance = SoakFolder.Instance, Directory = folder.Root });
        try
        {
            return ledger.Judge(OwnedRows.Read(table));
        }
        catch (InvalidDataException wrong)
        {
            findings.Torn(wrong.Message);
            return ledger.Judge(ledger.Latest?.Known ?? 0);
        }
    }
}
