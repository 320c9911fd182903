using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library's File.Move without overwrite looks first and renames then; another process fits in between.
internal static unsafe partial class Libc
{
    private const int AT_FDCWD = -100; // relative paths start at the working directory
    private const uint RENAME_NOREPLACE = 1;
    private static readonly long RenameAtNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 276 : 316;

    // By number, because not every libc exports renameat2.
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long RenameFile(long number, nint oldDirectory, string oldPath, nint newDirectory, string newPath, nuint flags);

    [LibraryImport(Library, EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkFile(string oldPath, string newPath);

    [LibraryImport(Library, EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkFile(string path);

    /// <summary>renameat2(2) that replaces nothing. Answers 0 or the error number.</summary>
    internal static int RenameNoReplace(string source, string destination) =>
        RenameFile(RenameAtNumber, AT_FDCWD, source, AT_FDCWD, destination, RENAME_NOREPLACE) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>link(2): a second name, refused if taken. Answers 0 or the error number.</summary>
    internal static int Link(string source, string destination) => LinkFile(source, destination) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>unlink(2). Answers 0 or the error number.</summary>
    internal static int Unlink(string path) => UnlinkFile(path) == 0 ? 0 : Marshal.GetLastPInvokeError();
}
