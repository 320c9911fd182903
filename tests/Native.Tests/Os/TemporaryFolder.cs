namespace EtsPersist.Mmf.Native.Tests.Os;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path;

    /// <param name="parent">Where; by default in memory where the system has a place for that.</param>
    public TemporaryFolder(string? parent = null)
    {
        parent ??= Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _path = Directory.CreateDirectory(Path.Combine(parent, "ets-test-" + Guid.NewGuid().ToString("N"))).FullName;
    }

    public string this[string name] => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
