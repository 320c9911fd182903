namespace EtsPersist.Mmf.Bench.Hosting;

/// <summary>A fresh folder for this run's tables, in memory where the system has such a place; removed at the end.</summary>
internal sealed class TableDirectory : IDisposable
{
    private const string SharedMemory = "/dev/shm";

    private int _tables;

    public TableDirectory()
    {
        var root = OperatingSystem.IsLinux() && Directory.Exists(SharedMemory) ? SharedMemory : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(root, $"etspersist-bench-{Environment.ProcessId}-{Guid.NewGuid():N}");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public string NextTablePath() => System.IO.Path.Combine(Path, $"bench.{Interlocked.Increment(ref _tables)}.ets");

    public void Dispose()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers(); // unmaps what has been disposed of: Windows deletes no mapped file
        try
        {
            if (Directory.Exists(Path))
                Directory.Delete(Path, recursive: true);
        }
        catch (IOException error)
        {
            Console.Error.WriteLine($"'{Path}' could not be removed: {error.Message}");
        }
    }
}
