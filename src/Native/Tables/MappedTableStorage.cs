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

    public void Reserve(long offset, long length) => TableFileHandle.Reserve(file, path, offset, length);
}
