using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>A table beside the one that counts, on which a process has its code compiled before it is let loose.</summary>
internal static class ScratchTable
{
    /// <summary>Makes a table for the rows of a domain, uses it and deletes it.</summary>
    public static void Use(string besides, string domain, Action<TableFile> use, TableKind kind = TableKind.Set)
    {
        var path = $"{besides}.scratch-{Environment.ProcessId}";
        var options = new TableFileOptions { Kind = kind, Access = TableAccess.Public, MaximumBytes = 16 << 20 };
        using (var table = TableFile.Create(path, "scratch", 1, options))
        {
            if (RowKeys.IsCompact(domain))
                table.DecideRowFormat(Stamp.Small, Stamp.Small);
            use(table);
        }
        File.Delete(path);
    }
}
