using System.IO.MemoryMappedFiles;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// A table file in memory. There is no Dispose: the memory is unmapped when nobody can reach this object any more, by its finalizer.
/// An operation keeps the object in a local or field and ends with <c>GC.KeepAlive(mapping)</c>; so a table that is disposed while other
/// threads are inside it can never become an access violation, and a read pays nothing for that. What a kill leaves: nothing, the kernel
/// unmaps. Threads: all members are safe to use at once.
/// </summary>
internal sealed unsafe class MappedFile
{
    private const int Unnumbered = 0x1620; // COR_E_IO: how .NET 10 reports ENOMEM of mmap(2)
    private const int OutOfMemory = 12; // ENOMEM
    private const int NotEnoughMemory = 8; // ERROR_NOT_ENOUGH_MEMORY
    private const int CommitmentLimit = 1455; // ERROR_COMMITMENT_LIMIT

    private readonly SafeMemoryMappedViewHandle _view;

    private MappedFile(SafeMemoryMappedViewHandle view, byte* memory, long capacity, bool writable)
    {
        _view = view;
        Base = memory;
        Capacity = capacity;
        Writable = writable;
    }

    // Only the handle is disposed of. Disposing of the view accessor would write the whole table to disk first (msync). The pointer taken
    // in Map counts as a reference, without whose return the handle's own finalizer would never unmap.
    ~MappedFile()
    {
        _view.ReleasePointer();
        _view.Dispose();
    }

    /// <summary>The first byte. Valid while this object is reachable.</summary>
    internal byte* Base { get; }

    /// <summary>How many bytes are mapped.</summary>
    internal long Capacity { get; }

    /// <summary>Whether stores are allowed; in a read-only mapping the processor refuses them.</summary>
    internal bool Writable { get; }

    /// <summary>
    /// Maps the first <paramref name="capacity"/> bytes. The handle may be closed afterwards; it stays the caller's.
    /// <see cref="CorruptTableException"/> if the file is shorter, <see cref="AddressSpaceException"/> if the process has no room.
    /// </summary>
    internal static MappedFile Map(SafeFileHandle file, string path, long capacity, bool writable)
    {
        var length = TableFileHandle.GetLength(file);
        if (length < capacity) // the base library would silently lengthen it, or a later access would be a deadly signal
            throw new CorruptTableException($"Table file '{path}' has {length} bytes where its capacity is {capacity}: it was truncated.");
        try
        {
            return MapOnce(file, capacity, writable);
        }
        catch (Exception error) when (IsLackOfRoom(error))
        {
            // Mappings of tables that were disposed of live until their finalizers ran.
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unmappable(path, error);
        }

        try
        {
            return MapOnce(file, capacity, writable);
        }
        catch (Exception error) when (IsLackOfRoom(error))
        {
            throw AddressSpaceException.ForFile(path, capacity, TableFileHandle.AddressSpaceLimit, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unmappable(path, error);
        }
    }

    /// <summary>
    /// Waits until the disk has what was stored through any mapping of the file, which it keeps through a loss of power. Blocking: the disk; nothing where the
    /// file is in memory only. <see cref="IOException"/> if the disk fails.
    /// </summary>
    /// <param name="file">The mapped file, open for writing.</param>
    internal void Flush(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
            Kernel32.FlushView(Base);
        RandomAccess.FlushToDisk(file);
        GC.KeepAlive(this);
    }

    private static SystemCallException Unmappable(string path, Exception error) => new($"Table file '{path}' cannot be mapped: {error.Message}", error);

    private static MappedFile MapOnce(SafeFileHandle file, long capacity, bool writable)
    {
        var access = writable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
        using var mapping =
            MemoryMappedFile.CreateFromFile(file, mapName: null, capacity, access, HandleInheritability.None, leaveOpen: true);
        var view = mapping.CreateViewAccessor(0, capacity, access).SafeMemoryMappedViewHandle; // the view outlives the mapping object
        byte* memory = null;
        view.AcquirePointer(ref memory);

        // In memory there is nothing to be read ahead, and the kernel takes such pages from a dead process, before it reports the death, in half the time:
        // it does not note for each of them that it was used.
        if (OperatingSystem.IsLinux() && LinuxFileSystem.IsInMemory(file))
            Libc.AdviseRandom(memory, capacity);
        return new MappedFile(view, memory, capacity, writable);
    }

    private static bool IsLackOfRoom(Exception error) =>
        error is OutOfMemoryException
        || (error is IOException && (error.HResult & 0xFFFF) is Unnumbered or OutOfMemory or NotEnoughMemory or CommitmentLimit);
}
