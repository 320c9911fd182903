using System.IO.MemoryMappedFiles;

namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>
/// Numbers in a mapped file beside the table, one writer each: what a process has acknowledged or found, which SIGKILL cannot take back.
/// </summary>
internal sealed class SharedCounters : IDisposable
{
    private const int Places = 256;
    private const int Stride = 64;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private SharedCounters(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor();
    }

    /// <summary>The number in a place; one aligned store of 8 bytes.</summary>
    public long this[int place]
    {
        get => _view.ReadInt64(PositionOf(place));
        set => _view.Write(PositionOf(place), value);
    }

    public static SharedCounters Create(string path) => Map(path, FileMode.CreateNew);

    public static SharedCounters Open(string path) => Map(path, FileMode.Open);

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static SharedCounters Map(string path, FileMode mode)
    {
        var file = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return new SharedCounters(
            MemoryMappedFile.CreateFromFile(file, null, Places * Stride, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false));
    }

    private static int PositionOf(int place) =>
        (uint)place < Places ? place * Stride : throw new ArgumentOutOfRangeException(nameof(place), place, $"There are {Places} places.");
}
