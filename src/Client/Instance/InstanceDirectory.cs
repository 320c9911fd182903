using System.Security.Cryptography;
using System.Text;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf;

/// <summary>Where an instance keeps its lock, its pipe and its tables, and how a table's name leads to its file without asking the manager.</summary>
/// <remarks>
/// <code>
/// ROOT/INSTANCE/                     only its user may enter, or a group that was named; see <see cref="InstanceAccess"/>
///   manager.lock                     never deleted; who holds its lock is the manager
///   manager.pipe                     Linux: the pipe's socket
///   tables/NAME.INCARNATION.ets      a table
///   tables/NAME.INCARNATION.json     the manager's definition of it
///   scratch/                         for a group: where members rehearse the arrival of a table
/// </code>
/// Threads: immutable. Blocking: the file system. Failure: <see cref="InstanceDirectoryException"/>, <see cref="InvalidNameException"/>.
/// </remarks>
public sealed class InstanceDirectory
{
    /// <summary>The instance's name where none is given.</summary>
    public const string DefaultInstance = "default";

    /// <summary>The environment variable that names the directory of the instances for every process that is not told another.</summary>
    public const string DirectoryVariable = "ETSPERSIST_DIR";

    /// <summary>The environment variable that names the group whose members may use the instance, for every process that is not told another.</summary>
    public const string GroupVariable = "ETSPERSIST_GROUP";

    /// <summary>The kernel's limit on the path of a Unix socket, without its final zero.</summary>
    private const int MaximumSocketPathBytes = 107;

    private readonly bool _isDefaultRoot;
    private readonly InstanceAccess _access;

    /// <summary>Names the directory; touches nothing.</summary>
    /// <param name="instance">The instance's name.</param>
    /// <param name="root">The directory of the instances; null for what <see cref="DirectoryVariable"/> says, else for <see cref="DefaultRoot"/>.</param>
    /// <param name="group">
    /// Linux: the group whose members may use the instance, by name or number; null for what <see cref="GroupVariable"/> says, else for none; empty for none.
    /// </param>
    public InstanceDirectory(string instance = DefaultInstance, string? root = null, string? group = null)
    {
        Names.RequireValid("instance", instance);
        if (string.IsNullOrEmpty(root)) root = Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } chosen ? chosen : null;
        _isDefaultRoot = root is null;
        Instance = instance;
        Root = System.IO.Path.GetFullPath(root ?? DefaultRoot);
        Path = System.IO.Path.Join(Root, instance);
        group ??= Environment.GetEnvironmentVariable(GroupVariable);
        Group = string.IsNullOrEmpty(group) ? null : group;
        _access = new InstanceAccess(this, _isDefaultRoot);
    }

    /// <summary>Where instances lie if nothing else is said: memory that survives processes but not the machine, and belongs to the user.</summary>
    public static string DefaultRoot => OperatingSystem.IsLinux()
        ? $"/dev/shm/etspersist-{PathOwner.CurrentUserId}"
        : System.IO.Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "EtsPersist");

    /// <summary>The instance's name.</summary>
    public string Instance { get; }

    /// <summary>The directory of the instances.</summary>
    public string Root { get; }

    /// <summary>The instance's own directory.</summary>
    public string Path { get; }

    /// <summary>The group whose members may use the instance, by name or number; null for none.</summary>
    public string? Group { get; }

    /// <summary>The id of that group.</summary>
    /// <exception cref="InstanceDirectoryException">There is no such group, or this is Windows.</exception>
    internal uint? GroupId => _access.GroupId;

    /// <summary>The directory of the table files.</summary>
    public string TablesPath => System.IO.Path.Join(Path, "tables");

    /// <summary>Where a worker may make files of its own for a moment: only the manager's user puts any beside the tables that a group uses.</summary>
    internal string ScratchPath => Directory.Exists(GroupScratchPath) ? GroupScratchPath : TablesPath;

    internal string GroupScratchPath => System.IO.Path.Join(Path, "scratch");

    /// <summary>The file whose lock makes a process the manager.</summary>
    public string LockPath => System.IO.Path.Join(Path, "manager.lock");

    /// <summary>The pipe's name for .NET's pipe streams: on Linux the path of its socket, on Windows a name derived from the directory.</summary>
    /// <exception cref="InstanceDirectoryException">The path is longer than the system allows.</exception>
    public string PipeName
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return $"etspersist-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.ToUpperInvariant())))[..32]}";
            var path = System.IO.Path.Join(Path, "manager.pipe");
            var length = Encoding.UTF8.GetByteCount(path);
            return length <= MaximumSocketPathBytes
                ? path
                : throw new InstanceDirectoryException(
                    $"The pipe's path '{path}' has {length} bytes; the system allows {MaximumSocketPathBytes}. Choose a shorter directory (--dir) or instance name.");
        }
    }

    /// <summary>The command that starts a manager for this instance.</summary>
    internal string StartCommand =>
        "etspersist run" + (Instance == DefaultInstance ? "" : $" --instance {Instance}") + (_isDefaultRoot ? "" : $" --dir {Root}")
        + (Group is null ? "" : $" --group {Group}");

    /// <summary>For the manager: creates what is missing, for this user alone, and makes sure that all of it is this user's.</summary>
    /// <exception cref="InstanceDirectoryException">Something else stands in its place, or others may reach into it.</exception>
    public void Create() => _access.Create();

    /// <summary>For the manager, which holds the lock: lets the group in, if one is named. A kill in between leaves it to the next start.</summary>
    /// <exception cref="InstanceDirectoryException">This user is not in the group, or may not give it the directory.</exception>
    internal void AdmitGroup()
    {
        if (OperatingSystem.IsLinux()) _access.AdmitGroup();
    }

    /// <summary>For the manager: has the group, if one is named, read and write a table that was made without it.</summary>
    /// <exception cref="EtsException">The file is not this user's, or is gone.</exception>
    internal void AdmitGroup(TableLocation table)
    {
        if (OperatingSystem.IsLinux()) _access.AdmitGroup(table);
    }

    /// <summary>
    /// Makes sure that the instance, where it exists, is this user's and nobody else's, or one that is open to the group that was named, in which this user is.
    /// </summary>
    /// <exception cref="InstanceDirectoryException">It is a symbolic link, another user's, or others may reach into it.</exception>
    public void RequireTrusted() => _access.RequireTrusted();

    /// <summary>The files of a table's name, the latest first; without looking into them.</summary>
    /// <param name="name">The table's name; case does not count.</param>
    public IReadOnlyList<TableLocation> FindTables(string name)
    {
        Names.RequireValid("table", name);
        return [.. AllTables().Where(table => string.Equals(table.Name, name, StringComparison.OrdinalIgnoreCase)).OrderByDescending(table => table.Incarnation)];
    }

    /// <summary>All table files, in no order.</summary>
    public IEnumerable<TableLocation> AllTables() => Enumerate(TableLocation.TableExtension);

    /// <summary>All definitions, in no order.</summary>
    internal IEnumerable<TableLocation> AllDefinitions() => Enumerate(TableLocation.DefinitionExtension);

    /// <summary>Where a table's file belongs.</summary>
    internal TableLocation Locate(string name, ulong incarnation) =>
        new(name, incarnation, System.IO.Path.Join(TablesPath, $"{name}.{incarnation}{TableLocation.TableExtension}"));

    /// <summary>Where a file lies that the other side of the pipe named.</summary>
    /// <exception cref="ProtocolException">It is no name of a table's file.</exception>
    internal TableLocation Locate(string fileName) =>
        System.IO.Path.GetFileName(fileName) == fileName
        && TableLocation.TryParse(System.IO.Path.Join(TablesPath, fileName), TableLocation.TableExtension, out var location)
            ? location
            : throw new ProtocolException($"'{fileName}' is no name of a table's file.");

    /// <summary>Opens the table of a name: the latest one that is not dropped.</summary>
    /// <param name="name">The table's name; case does not count.</param>
    /// <param name="writable">Whether to map it for writing too.</param>
    /// <exception cref="TableNotFoundException">There is none.</exception>
    public TableFile OpenTable(string name, bool writable)
    {
        RequireTrusted();
        foreach (var location in FindTables(name))
        {
            try
            {
                var file = TableFile.Open(location.Path, writable);
                if (!file.IsDropped) return file;
                file.Dispose();
            }
            catch (TableNotFoundException)
            {
                // Dropped and unlinked since the directory was read.
            }
        }
        throw new TableNotFoundException(
            $"Instance '{Instance}' in '{Root}' has no table '{name}'. A worker that calls OwnAsync with options creates it, or the manager's configuration does.");
    }

    /// <summary>Whether there is a table of a name. One whose file cannot be read has it, too.</summary>
    internal bool TableExists(string name)
    {
        try
        {
            OpenTable(name, writable: false).Dispose();
            return true;
        }
        catch (TableNotFoundException)
        {
            return false;
        }
        catch (EtsException error) when (error is CorruptTableException or TableFormatException or TableKindException or TableAccessException)
        {
            return true;
        }
    }

    private IEnumerable<TableLocation> Enumerate(string extension)
    {
        if (!Directory.Exists(TablesPath)) yield break;
        foreach (var path in Directory.EnumerateFiles(TablesPath))
        {
            if (TableLocation.TryParse(path, extension, out var location)) yield return location;
        }
    }
}
