namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>A fresh folder, in memory where the system has a place for that, which goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "ets-system-test-" + Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Combine(_path, name);

    public override string ToString() => _path;

    /// <summary>Lets go of tables that were disposed of: Windows neither cuts nor deletes a file that is mapped.</summary>
    public static void Unmap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
            Unmap();
        Directory.Delete(_path, recursive: true);
    }
}
