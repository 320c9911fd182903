namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>Damage to the file of a table that nobody has open.</summary>
internal static class TableFileDamage
{
    /// <summary>Cuts it off. Windows does not while it is mapped, which tables are until they are collected.</summary>
    public static void CutOff(string path, long length)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(length);
    }
}
