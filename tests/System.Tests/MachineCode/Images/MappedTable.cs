using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Images;

/// <summary>A table file that somebody else writes, and its image as of the last look.</summary>
internal sealed class MappedTable : IDisposable
{
    private const int WordBytes = sizeof(ulong);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly nint _base;

    public MappedTable(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _base = _view.SafeMemoryMappedViewHandle.DangerousGetHandle();
        Image = new TableImage(Read(0, TableGeometry.HeaderBytes));
        foreach (var region in Image.Regions)
            Read(region.Start, region.Bytes.Length).CopyTo(region.Bytes, 0);
    }

    /// <summary>The file as it was at the last look.</summary>
    public TableImage Image { get; }

    /// <summary>Looks at the file: whether anything has changed, and what, after an instruction.</summary>
    public bool HasChanged(int instruction, [NotNullWhen(true)] out Store? store)
    {
        foreach (var region in Image.Regions)
        {
            if (Compare(_base + (nint)region.Start, region.Bytes, region.Bytes.Length) == 0)
                continue;
            store = Difference(region, instruction);
            Image.Apply(store);
            return true;
        }
        store = null;
        return false;
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private Store Difference(ImageRegion region, int instruction)
    {
        var now = Read(region.Start, region.Bytes.Length);
        var first = now.AsSpan().CommonPrefixLength(region.Bytes);
        var last = now.Length - 1;
        while (now[last] == region.Bytes[last])
            last--;
        var start = first / WordBytes * WordBytes;
        var end = ((last / WordBytes) + 1) * WordBytes;
        return new Store(instruction, region.Start + start, now[start..end]);
    }

    private byte[] Read(long offset, int length)
    {
        var bytes = new byte[length];
        Marshal.Copy(_base + (nint)offset, bytes, 0, length);
        return bytes;
    }

    [DllImport("libc", EntryPoint = "memcmp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Compare(nint left, byte[] right, nint length);
}
