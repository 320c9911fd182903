using System.Security.Cryptography;
using System.Text;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf;

/// <summary>Where an instance keeps its lock, its pipe and its tables, and how a table's name leads to its file without asking the manager.</summary>
/// <remarks>
/// <code>
/// ROOT/INSTANCE/                     only its user may enter (0700)
///   manager.lock                     never deleted; who holds its lock is the manager
///   manager.pipe                     Linux: the pipe's socket
///   tables/NAME.INCARNATION.ets      a table
///   tables/NAME.INCARNATION.json     the manager's definition of it
/// </code>
/// Threads: immutable. Blocking: the file system. Failure: <see cref="InstanceDirectoryException"/>, <see cref="InvalidNameException"/>.
/// </remarks>
public sealed class InstanceDirectory
{
    /// <summary>The instance's name where none is given.</summary>
    public const string DefaultInstance = "default";

    /// <summary>The environment variable that names the directory of the instances for every process that is not told another.</summary>
    public const string DirectoryVariable = "ETSPERSIST_DIR";

    /// <summary>The kernel's limit on the path of a Unix socket, without its final zero.</summary>
    private const int MaximumSocketPathBytes = 107;

    private readonly bool _isDefaultRoot;

    /// <summary>Names the directory; touches nothing.</summary>
    /// <param name="instance">The instance's name.</param>
    /// <param name="root">The directory of the instances; null for what <see cref="DirectoryVariable"/> says, else for <see cref="DefaultRoot"/>.</param>
    public InstanceDirectory(string instance = DefaultInstance, string? root = null)
    {
        Names.RequireValid("instance", instance);
        if (string.IsNullOrEmpty(root)) root = Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } chosen ? chosen : null;
        _isDefaultRoot = root is null;
        Instance = instance;
        Root = System.IO.Path.GetFullPath(root ?? DefaultRoot);
        Path = System.IO.Path.Join(Root, instance);
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

    /// <summary>The directory of the table files.</summary>
    public string TablesPath => System.IO.Path.Join(Path, "tables");

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
        "etspersist run" + (Instance == DefaultInstance ? "" : $" --instance {Instance}") + (_isDefaultRoot ? "" : $" --dir {Root}");

    /// <summary>Creates what is missing and makes sure that only this user can reach into it.</summary>
    /// <exception cref="InstanceDirectoryException">Something else stands in its place, or others may reach into it.</exception>
    public void Create()
    {
        CreatePrivate(Root);
        CreatePrivate(Path);
        CreatePrivate(TablesPath);
        RequirePrivate();
    }

    /// <summary>Makes sure that the instance, where it exists, is this user's and nobody else's.</summary>
    /// <exception cref="InstanceDirectoryException">It is a symbolic link, another user's, or others may reach into it.</exception>
    public void RequirePrivate()
    {
        if (!OperatingSystem.IsLinux()) return;
        if (_isDefaultRoot) RequirePrivate(Root);
        RequirePrivate(Path);
        RequirePrivate(TablesPath);
    }

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
        RequirePrivate();
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

    /// <summary>Whether there is a table of a name.</summary>
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
    }

    private IEnumerable<TableLocation> Enumerate(string extension)
    {
        if (!Directory.Exists(TablesPath)) yield break;
        foreach (var path in Directory.EnumerateFiles(TablesPath))
        {
            if (TableLocation.TryParse(path, extension, out var location)) yield return location;
        }
    }

    private static void CreatePrivate(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InstanceDirectoryException($"The directory '{path}' cannot be created: {error.Message} Choose another with --dir.", error);
        }
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private static void RequirePrivate(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (!PathOwner.TryRead(path, out var owner)) return;
        if (!owner.IsDirectory)
            throw new InstanceDirectoryException($"'{path}' is no directory, or a symbolic link to one. Remove it or choose another directory (--dir).");
        var user = PathOwner.CurrentUserId;
        if (owner.UserId != user)
            throw new InstanceDirectoryException($"The directory '{path}' belongs to user {owner.UserId}, not to {user}. Choose another directory (--dir).");
        if ((owner.Permissions & Others) != 0)
            throw new InstanceDirectoryException($"Other users may reach into '{path}' (mode {Convert.ToString((int)owner.Permissions, 8)}). Run: chmod 700 '{path}'");
    }
}
