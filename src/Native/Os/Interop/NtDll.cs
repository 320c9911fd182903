using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library computes the boot time from the clock and the uptime, which differs from call to call.
[SupportedOSPlatform("windows")]
internal static unsafe partial class NtDll
{
    private const int SystemTimeOfDayInformation = 3;

    /// <summary>struct SYSTEM_TIMEOFDAY_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeOfDay
    {
        internal long BootTime; // moves when somebody sets the clock
        internal long CurrentTime;
        internal long TimeZoneBias;
        internal uint TimeZoneId;
        internal uint Reserved;
        internal long BootTimeBias; // by how much it was moved
        internal long SleepTimeBias;
    }

    [LibraryImport("ntdll", EntryPoint = "NtQuerySystemInformation")]
    private static partial int QuerySystemInformation(int kind, TimeOfDay* buffer, uint size, uint* returned);

    /// <summary>The moment of boot as it was first recorded, in units of 100 ns.</summary>
    internal static long BootTime()
    {
        TimeOfDay answer = default;
        uint returned;
        var status = QuerySystemInformation(SystemTimeOfDayInformation, &answer, (uint)sizeof(TimeOfDay), &returned);
        return status == 0
            ? answer.BootTime - answer.BootTimeBias
            : throw new SystemCallException($"NtQuerySystemInformation failed with status 0x{status:X8}: " +
                "the boot of the machine cannot be told.");
    }
}
