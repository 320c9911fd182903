using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native;

/// <summary>
/// A table file, open and mapped: rows as bytes, the ownership word, the writers' slots, the schema.
/// </summary>
/// <remarks>
/// Threads: every member may be called from any thread at any time. Lifetime: after <see cref="Dispose"/> every member throws
/// <see cref="ObjectDisposedException"/>; operations in flight finish, and the mapping goes when the last of them has.
/// Errors: <see cref="TableDroppedException"/> once the table is dropped, <see cref="CorruptTableException"/> where the file contradicts itself.
/// </remarks>
public sealed unsafe partial class TableFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly MappedTableStorage _storage;
    private readonly TableSpace _space;
    private readonly TableContext _context;
    private readonly LateSettlement _late;
    private readonly bool _writable;
    private readonly Lock _gate = new();
    private readonly ulong _seed0;
    private readonly ulong _seed1;
    private readonly bool _hasTree;
    private readonly bool _isBag;
    private volatile bool _disposed;

    private TableFile(SafeFileHandle file, string path, MappedFile mapping)
    {
        _file = file;
        _writable = mapping.Writable;
        Path = path;
        _storage = new MappedTableStorage(file, mapping, path);
        _space = new TableSpace(_storage);
        var header = _space.Header;
        _space.RequireFormatOfUsed<ProcessMemory>();
        Id = header->Id;
        Incarnation = header->Incarnation;
        Kind = (TableKind)header->Kind;
        _hasTree = Kind.HasTree();
        _isBag = Kind.IsBag();
        _seed0 = header->HashSeed0;
        _seed1 = header->HashSeed1;
        _context = new TableContext(_space, new LivenessLocks(path, file, mapping.Capacity, mapping.Writable), Name);
        _late = new LateSettlement(_context);
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The number that tells this file from earlier and later tables of the same name.</summary>
    public ulong Incarnation { get; }

    /// <summary>The table's identity, drawn at creation.</summary>
    public Guid Id { get; }

    /// <summary>The kind. ETS: <c>info(T, type)</c>.</summary>
    public TableKind Kind { get; }

    /// <summary>Whether the file is mapped for writing.</summary>
    public bool IsWritable => _writable;

    /// <summary>How far the file may grow, in bytes.</summary>
    public long Capacity => _space.Capacity;

    /// <summary>How many rows the table has; exact when nobody is writing. Costs a few cache lines for each writing process. ETS: <c>info(T, size)</c>.</summary>
    public long Count
    {
        get
        {
            RequireUsable();
            var count = RowCount<ProcessMemory>.Of(_space);
            GC.KeepAlive(this);
            return count;
        }
    }

    /// <summary>How many bytes of the file system the table has reserved. ETS: <c>info(T, memory)</c>.</summary>
    public long BytesUsed
    {
        get
        {
            RequireUsable();
            var header = _space.Header;
            var used = TableGeometry.JournalsStart
                + ((long)header->JournalsReserved - TableGeometry.JournalsStart)
                + ((long)header->IndexReserved - TableGeometry.IndexStart)
                + ((long)header->SlabsReserved - _space.SlabsStart);
            GC.KeepAlive(this);
            return used;
        }
    }

    /// <summary>How long a write waits for a living process that holds what it needs, before <see cref="TableBusyException"/>.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan WriterPatience
    {
        get => _context.WriterPatience;
        set => _context.WriterPatience = value;
    }

    /// <summary>Walks the whole file and accounts for every byte. Meant for a table that nobody is writing: work in flight looks like damage.</summary>
    public VerifyReport Verify() => Verify(progress: null);

    /// <summary>The same, and says how far it has come.</summary>
    /// <param name="progress">Told now and then, on this thread; null for nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public VerifyReport Verify(IProgress<VerifyProgress>? progress, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _space.RefreshFormat<ProcessMemory>();
        var report = TableWalk.Run(_space, progress, cancellationToken);
        GC.KeepAlive(this);
        return report;
    }

    /// <summary>
    /// Closes the table: no operation begins any more, writes in flight finish, an owned table becomes ownerless, the writer's slot is given back.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _late.Dispose();
            try
            {
                Detach();
            }
            catch (EtsException)
            {
                // What could not be settled stays in the file, as a kill leaves it; whoever needs it next is told what is in the way.
            }
            _context.Liveness.Dispose();
            CloseFile();
        }
    }

    /// <summary>
    /// Closes the table as the death of this process would: the slot stays taken and the table owned, and whoever looks finds that nobody lives
    /// behind them. For rehearsals and tests of what follows a death. Threads: any. Blocking: waits for writers in flight.
    /// </summary>
    public void Abandon()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _late.Dispose();
            _context.Leases.Close();
            _context.Liveness.Dispose();
            if (_writable)
                ByteLock.Unlock(_file, Path, UseByte);
            _file.Dispose();
        }
    }

    private void CloseFile()
    {
        try
        {
            if (_writable)
                EndUse();
        }
        catch (EtsException)
        {
            // Its disk did not take it: it stays in use, and another boot will not trust it.
        }
        finally
        {
            _file.Dispose();
        }
    }
}
