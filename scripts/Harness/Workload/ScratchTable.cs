using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>A table beside the one that counts, on which a process has its code compiled before it is let loose.</summary>
internal static class ScratchTable
{
    /// <summary>Makes a table for the rows of a domain, uses it and deletes it.</summary>
    public static void Use(string besides, string domain, Action<TableFile> use, TableKind kind = TableKind.Set)
    {
        var path = $"{besides}.scratch-{Guid.NewGuid():N}";
        MakeAndUse(path, domain, use, kind);
        TableFileRemoval.Delete(path);
    }

    private static void MakeAndUse(string path, string domain, Action<TableFile> use, TableKind kind)
    {
        var options = new TableFileOptions { Kind = kind, Access = TableAccess.Public, MaximumBytes = 16 << 20 };
        using var table = TableFile.Create(path, "scratch", 1, options);
        if (RowKeys.IsCompact(domain))
            table.DecideRowFormat(Stamp.Small, Stamp.Small);
        use(table);
    }
}
