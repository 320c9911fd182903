using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native;

public sealed unsafe partial class TableFile
{
    private const string UnfinishedSuffix = ".new";
    private const long LeastDefaultCapacity = 1L << 30;

    /// <summary>
    /// Makes a table file: written aside under a name that ends in <c>.new</c>, then put in place by a rename that replaces nothing.
    /// A kill leaves the file aside, or the whole table.
    /// </summary>
    /// <param name="path">Where the file goes; its folder exists.</param>
    /// <param name="name">The table's name, at most 100 ASCII characters.</param>
    /// <param name="incarnation">A number that no earlier table of this name had.</param>
    /// <param name="options">Kind, access, capacity.</param>
    /// <exception cref="TableExistsException">The path is taken.</exception>
    /// <exception cref="TableFullException">There is no space, or a limit of the process forbids such a file.</exception>
    /// <exception cref="UnsupportedFileSystemException">The file system cannot reserve space.</exception>
    public static TableFile Create(string path, string name, ulong incarnation, TableFileOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        RequireOptions(name, options);
        if (File.Exists(path))
            throw new TableExistsException($"Table file '{path}' exists already.");
        Make(path, name, incarnation, options);
        return Open(path, writable: true);
    }

    /// <summary>
    /// Has the code compiled that operations on tables of a kind may come to where they meet other processes, living or dead, so that the first such
    /// meeting takes no longer than the next.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <remarks>Threads: any. Takes some tens of milliseconds of processor time, once in a process.</remarks>
    public static void Compile(TableKind kind) => EngineCode.Compile(kind);

    /// <summary>Opens a table file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="writable">Whether to write. Without it a read-only mapping is made, which cannot store anything.</param>
    /// <exception cref="TableNotFoundException">There is no such file.</exception>
    /// <exception cref="TableAccessException">The file's permissions forbid it.</exception>
    /// <exception cref="TableFormatException">The file is no table, or of another format.</exception>
    /// <exception cref="TableKindException">The table is of a kind that this version does not know.</exception>
    /// <exception cref="CorruptTableException">The file is a damaged or truncated table, or was in use when the machine went down.</exception>
    /// <exception cref="TableBusyException">To write: a process that closes it has not come to an end with that.</exception>
    public static TableFile Open(string path, bool writable)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var table = OpenUnused(path, writable);
        if (!writable)
            return table;
        try
        {
            table.BeginUse();
            return table;
        }
        catch
        {
            table.Abandon();
            throw;
        }
    }

    /// <summary>Whether a file of this name is what a kill left of a creation, and may be deleted.</summary>
    public static bool IsUnfinished(string path) => path.EndsWith(UnfinishedSuffix, StringComparison.Ordinal);

    private static TableFile OpenUnused(string path, bool writable)
    {
        var file = TableFileHandle.Open(path, writable);
        try
        {
            var length = TableFileHandle.GetLength(file);
            var header = new byte[TableGeometry.HeaderBytes];
            var read = RandomAccess.Read(file, header, 0);
            TableHeaderCheck.Require(path, header.AsSpan(0, read), length, BootIdentity.Current);
            return new TableFile(file, path, MappedFile.Map(file, path, length, writable));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes the file aside and puts it in place. A method of its own, so that its mapping is out of reach when the table is opened: where there is room
    /// for one mapping only, the first one makes way.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make(string path, string name, ulong incarnation, TableFileOptions options)
    {
        var aside = $"{path}.{Guid.NewGuid():N}{UnfinishedSuffix}";
        using var file = TableFileHandle.CreateNew(aside, options.IsForGroup);
        try
        {
            TableFileHandle.RequireSupportedFileSystem(file, aside);
            var mapping = MapNew(file, aside, CapacityOf(path, options), mayBeLess: options.MaximumBytes == TableFileOptions.DefaultMaximumBytes);
            TableFormatter.Format(new MappedTableStorage(file, mapping, path), name, incarnation, options, BootIdentity.Current);
            GC.KeepAlive(mapping);
            TableFileHandle.RenameNoReplace(aside, path);
        }
        catch
        {
            RemoveUnfinished(aside);
            throw;
        }
    }

    /// <summary>Removes what could not be made, if that can be; why it could not be made is what the caller is to learn.</summary>
    private static void RemoveUnfinished(string path)
    {
        try
        {
            TableFileRemoval.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next start of a manager removes it.
        }
    }

    private static void RequireName(string name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > TableGeometry.MaximumNameBytes || !System.Text.Ascii.IsValid(name))
            throw new InvalidNameException($"'{name}' is no table name: 1 to {TableGeometry.MaximumNameBytes} ASCII characters.");
    }

    private static void RequireOptions(string name, TableFileOptions options)
    {
        RequireName(name);
        if (!TableHeaderCheck.Knows(options.Kind))
            throw new TableKindException($"Tables of kind {options.Kind} cannot be created by this version; it knows {TableHeaderCheck.KnownKinds}.");
        if (!Enum.IsDefined(options.Access))
            throw new ArgumentOutOfRangeException(nameof(options), options.Access, "Access is Protected, Public or Private.");
        if (options.MaximumBytes is < TableGeometry.MinimumCapacity or > TableGeometry.MaximumCapacity)
            throw new ArgumentOutOfRangeException(nameof(options), options.MaximumBytes, $"MaximumBytes is {TableGeometry.MinimumCapacity} to {TableGeometry.MaximumCapacity}.");
    }

    /// <summary>The capacity asked for, lowered to what the process may write: a file beyond RLIMIT_FSIZE would be answered by a deadly signal.</summary>
    private static long CapacityOf(string path, TableFileOptions options)
    {
        var capacity = Math.Min(options.MaximumBytes, TableFileHandle.FileSizeLimit) & ~(TableGeometry.PageBytes - 1L);
        return capacity >= TableGeometry.MinimumCapacity
            ? capacity
            : throw TableFullException.ForFile(path, TableGeometry.MinimumCapacity,
                $"a table file needs a capacity of at least {TableGeometry.MinimumCapacity} bytes and the process may write {capacity} (RLIMIT_FSIZE). Raise 'ulimit -f'.");
    }

    /// <summary>Sizes and maps a new file. A capacity that nobody asked for gives way, half by half, to what the system can map; any other is an error.</summary>
    private static MappedFile MapNew(SafeFileHandle file, string path, long capacity, bool mayBeLess)
    {
        while (true)
        {
            TableFileHandle.SetLength(file, path, capacity);
            try
            {
                return MappedFile.Map(file, path, capacity, writable: true);
            }
            catch (AddressSpaceException) when (mayBeLess && capacity / 2 >= LeastDefaultCapacity)
            {
                capacity /= 2;
            }
        }
    }
}
