namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// Which boot of the machine this is. A file that another boot left dirty may have lost writes in any order, which a mere kill never does.
/// </summary>
internal static class BootIdentity
{
    private const string LinuxFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>
    /// Equal for all processes of one boot, and different after each boot. Linux: the kernel's random boot id. Windows: the moment of boot
    /// by the kernel's own record, which is kept apart from later changes of the clock.
    /// </summary>
    internal static Guid Current { get; } = Read();

    private static Guid Read()
    {
        if (OperatingSystem.IsWindows())
            return new Guid(0, 0, 0, BitConverter.GetBytes(Interop.NtDll.BootTime()));
        try
        {
            return Guid.Parse(File.ReadAllText(LinuxFile).AsSpan().Trim());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SystemCallException($"The boot id cannot be read from '{LinuxFile}': {error.Message} Mount /proc.", error);
        }
    }
}
