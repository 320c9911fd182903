namespace EtsPersist.Mmf.Native.Os.Interop;

/// <summary>
/// The calls of Linux that the base library does not offer, one group to a file. Variadic functions (open, fcntl, syscall, ioctl) are
/// declared with fixed arguments: on x64 and arm64 Linux both forms pass integers and pointers in the same registers.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";
}
