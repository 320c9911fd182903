namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>Damage to the file of a table that nobody has open.</summary>
internal static class TableFileDamage
{
    /// <summary>Puts something else in its place, and it aside.</summary>
    public static void Replace(string path)
    {
        MoveAside(path);
        File.WriteAllText(path, "This is no table.");
    }

    /// <summary>Puts it aside, as somebody who removes it by hand.</summary>
    public static void MoveAside(string path)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        File.Move(path, Aside(path));
    }

    /// <summary>Puts it back that was put aside.</summary>
    public static void PutBack(string path) => File.Move(Aside(path), path, overwrite: true);

    /// <summary>Cuts it off. Windows does not while it is mapped, which tables are until they are collected.</summary>
    public static void CutOff(string path, long length)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(length);
    }

    private static string Aside(string path) => path + ".aside";
}
