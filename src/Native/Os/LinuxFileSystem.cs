using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// Which file systems a table may lie on: those where fallocate(2) makes later stores safe and byte-range locks are the kernel's own.
/// Network file systems keep locks past a death; copy-on-write ones need space again for each store, and answer its lack by a deadly
/// signal.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class LinuxFileSystem
{
    private const uint Tmpfs = 0x01021994;
    private const uint Ext = 0xEF53; // ext2, ext3 and ext4 share it
    private const uint Xfs = 0x58465342;

    private static readonly Dictionary<uint, string> RefusedNames = new()
    {
        [0x858458F6] = "ramfs",
        [0x9123683E] = "btrfs",
        [0x6969] = "nfs",
        [0x794C7630] = "overlayfs",
        [0x65735546] = "fuse",
        [0xFF534D42] = "cifs",
        [0xFE534D42] = "smb",
        [0x2FC12FC1] = "zfs",
        [0xF2F52010] = "f2fs",
        [0x01021997] = "9p",
        [0x958458F6] = "hugetlbfs",
        [0x4D44] = "vfat",
        [0x2011BAB0] = "exfat",
        [0x7366746E] = "ntfs3",
        [0xCA451A4E] = "bcachefs",
        [0x00C36400] = "ceph",
        [0x01161970] = "gfs2",
        [0x7461636F] = "ocfs2",
        [0x9FA0] = "proc",
    };

    internal static bool IsInMemory(SafeFileHandle file) => Libc.FileSystemMagic(file, out var magic) == 0 && magic == Tmpfs;

    internal static bool IsSupported(uint magic) => magic is Tmpfs or Ext or Xfs;

    internal static void RequireSupported(SafeFileHandle file, string path)
    {
        var errno = Libc.FileSystemMagic(file, out var magic);
        if (errno != 0)
            throw SystemCallException.ForCall("fstatfs", path, errno);
        if (!IsSupported(magic))
            throw Unsupported(path, magic);
    }

    internal static UnsupportedFileSystemException Unsupported(SafeFileHandle file, string path)
    {
        _ = Libc.FileSystemMagic(file, out var magic);
        return Unsupported(path, magic);
    }

    internal static UnsupportedFileSystemException Unsupported(string path, uint magic) =>
        new($"'{path}' lies on {RefusedNames.GetValueOrDefault(magic, $"a file system of type 0x{magic:X}")}, which cannot reserve " +
            "space so that no later store fails. " +
            "Tables are accepted on tmpfs (/dev/shm), ext4 and xfs: choose such a directory.");
}
