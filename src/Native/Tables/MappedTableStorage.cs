using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native;

/// <summary>The bytes of a table in a mapped file.</summary>
internal sealed unsafe class MappedTableStorage(SafeFileHandle file, MappedFile mapping, string path) : ITableStorage
{
    public byte* Base => mapping.Base;

    public long Capacity => mapping.Capacity;

    public string Path => path;

    /// <summary>Waits until the disk has everything that is in the file, and the file's name.</summary>
    public void Flush()
    {
        mapping.Flush(file);
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } directory)
            DirectoryFlush.Flush(directory);
    }

    public void Reserve(long offset, long length) => TableFileHandle.Reserve(file, path, offset, length);
}
