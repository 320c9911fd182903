using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Table files by the calls of Linux; see <see cref="TableFileHandle"/>.</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxTableFile
{
    // A signal makes fallocate undo what it did: bounded steps (0.3 ms each on tmpfs) keep a retry from never ending.
    private const long ReservationStep = 1 << 20;
    private const uint OwnerOnly = 0x180; // 0600
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    internal static SafeFileHandle CreateNew(string path, bool isForGroup)
    {
        var flags = Libc.O_RDWR | Libc.O_CREAT | Libc.O_EXCL | Libc.O_NOFOLLOW | Libc.O_CLOEXEC | Libc.O_NOCTTY;
        var descriptor = Libc.Open(path, flags, OwnerOnly, out var errno);
        if (descriptor >= 0)
        {
            var file = new SafeFileHandle(descriptor, ownsHandle: true);
            if (isForGroup)
                File.SetUnixFileMode(file, OwnerAndGroup); // whatever the umask is; the group is the directory's
            return file;
        }
        throw errno switch
        {
            Errno.EEXIST =>
                new TableExistsException($"Table file '{path}' exists already; it is not replaced. " +
                    "Choose another name or remove the old table."),
            Errno.EACCES or Errno.EPERM or Errno.EROFS => NotPermitted("created", path, errno),
            Errno.ENOSPC or Errno.EDQUOT => TableFullException.ForFile(path, 0, FullCause(errno)),
            Errno.ENOENT or Errno.ENOTDIR =>
                new TableNotFoundException($"Table file '{path}' cannot be created: its directory does not exist. " +
                    "Create the directory first."),
            _ => OpenFailed(path, errno),
        };
    }

    internal static SafeFileHandle Open(string path, bool writable)
    {
        var flags = (writable ? Libc.O_RDWR : Libc.O_RDONLY) | Libc.O_NOFOLLOW | Libc.O_CLOEXEC | Libc.O_NOCTTY | Libc.O_NONBLOCK;
        var descriptor = Libc.Open(path, flags, 0, out var errno);
        if (descriptor < 0)
        {
            throw errno switch
            {
                Errno.ENOENT or Errno.ENOTDIR =>
                    new TableNotFoundException($"Table file '{path}' does not exist. Check the name and the directory."),
                Errno.EACCES or Errno.EPERM or Errno.EROFS =>
                    NotPermitted(writable ? "opened for writing" : "opened for reading", path, errno),
                Errno.ELOOP =>
                    new TableFormatException($"'{path}' is a symbolic link, and none is followed. Name the file itself, or put it in the link's place."),
                Errno.EISDIR or Errno.ENXIO => NoRegularFile(path),
                _ => OpenFailed(path, errno),
            };
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        var statError = Libc.IsRegularFile(file, out var isRegular);
        if (isRegular)
            return file;
        file.Dispose();
        throw statError == 0 ? NoRegularFile(path) : SystemCallException.ForCall("statx", path, statError);
    }

    /// <summary>For changes of permissions: opens a file or directory as it is, and no symbolic link to one.</summary>
    internal static SafeFileHandle OpenAny(string path)
    {
        var descriptor = Libc.Open(path, Libc.O_RDONLY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC | Libc.O_NOCTTY | Libc.O_NONBLOCK, 0, out var errno);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        throw errno switch
        {
            Errno.ENOENT or Errno.ENOTDIR => new TableNotFoundException($"'{path}' does not exist."),
            Errno.EACCES or Errno.EPERM or Errno.ELOOP => NotPermitted("opened", path, errno),
            _ => OpenFailed(path, errno),
        };
    }

    /// <summary>For lock files: opens the file, made for this user alone if it is absent.</summary>
    internal static SafeFileHandle OpenOrCreate(string path)
    {
        var flags = Libc.O_RDWR | Libc.O_CREAT | Libc.O_NOFOLLOW | Libc.O_CLOEXEC | Libc.O_NOCTTY | Libc.O_NONBLOCK;
        var descriptor = Libc.Open(path, flags, OwnerOnly, out var errno);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        throw errno is Errno.EACCES or Errno.EPERM or Errno.EROFS
            ? NotPermitted("opened for writing", path, errno)
            : SystemCallException.ForCall("open", path, errno, errno switch
            {
                Errno.ENOENT or Errno.ENOTDIR => "Create its directory first.",
                Errno.ELOOP => "It is a symbolic link; name the file itself.",
                Errno.EISDIR or Errno.ENXIO => "It is no regular file; remove what is there.",
                _ => null,
            });
    }

    internal static void SetLength(SafeFileHandle file, string path, long length)
    {
        var errno = Libc.Ftruncate(file, length);
        if (errno == 0)
            return;
        throw errno is Errno.EFBIG or Errno.EINVAL or Errno.ENOSPC or Errno.EDQUOT
            ? TableFullException.ForFile(path, length, FullCause(errno))
            : SystemCallException.ForCall("ftruncate", path, errno);
    }

    internal static void Reserve(SafeFileHandle file, string path, long offset, long length)
    {
        if (LinuxFileSystem.IsInMemory(file))
            MemoryHeadroom.Current.Require(path, length);
        for (var done = 0L; done < length; done += ReservationStep)
        {
            var errno = Libc.Fallocate(file, offset + done, Math.Min(ReservationStep, length - done));
            if (errno == 0)
                continue;
            throw errno switch
            {
                Errno.ENOSPC or Errno.EDQUOT or Errno.EFBIG => TableFullException.ForFile(path, length, FullCause(errno)),
                Errno.EOPNOTSUPP or Errno.ENOSYS => LinuxFileSystem.Unsupported(file, path),
                _ => SystemCallException.ForCall("fallocate", path, errno),
            };
        }
    }

    internal static void RenameNoReplace(string source, string destination)
    {
        var errno = Libc.RenameNoReplace(source, destination);
        if (errno is Errno.EINVAL or Errno.ENOSYS)
        {
            // The kernel or the file system does not know the flag. A kill between the two calls leaves the file under both names, whole.
            errno = Libc.Link(source, destination);
            if (errno == 0)
                errno = Libc.Unlink(source);
        }

        if (errno == 0)
            return;
        throw errno switch
        {
            Errno.EEXIST =>
                new TableExistsException($"Table file '{destination}' exists already; it is not replaced. Choose another name."),
            Errno.ENOENT or Errno.ENOTDIR =>
                new TableNotFoundException($"'{source}' cannot be renamed to '{destination}': the file or the directory is gone."),
            Errno.EACCES or Errno.EPERM or Errno.EROFS => NotPermitted("renamed", destination, errno),
            Errno.ENOSPC or Errno.EDQUOT => TableFullException.ForFile(destination, 0, FullCause(errno)),
            _ => SystemCallException.ForCall("renameat2", destination, errno),
        };
    }

    internal static TableAccessException NotPermitted(string verb, string path, int errno) =>
        new($"'{path}' cannot be {verb}: {Errno.Describe(errno)}. " +
            $"Its mode or the mode of a directory above does not let user {Environment.UserName}; " +
            "run as the user that owns it, or have the mode changed.");

    internal static EtsException OpenFailed(string path, int errno) => SystemCallException.ForCall("open", path, errno,
        errno is Errno.EMFILE or Errno.ENFILE ? "Raise the number of open files ('ulimit -n') or open fewer tables." : null);

    private static TableFormatException NoRegularFile(string path) =>
        new($"'{path}' is no regular file but a directory, device, socket or FIFO. Check the name.");

    private static string FullCause(int errno) => errno switch
    {
        Errno.ENOSPC => "its file system is full. Free space there, enlarge it (tmpfs: mount option size=), or place the table elsewhere.",
        Errno.EDQUOT => "the disk quota of this user is used up. Free space or have the quota raised.",
        _ => "the file system does not take files of that length. Lower MaximumBytes or place the table on another file system.",
    };
}
