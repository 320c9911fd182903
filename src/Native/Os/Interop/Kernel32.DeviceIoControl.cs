using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library makes no sparse files and does not tell which parts of one are allocated.
internal static unsafe partial class Kernel32
{
    private const uint FSCTL_SET_SPARSE = 0x000900C4;
    private const uint FSCTL_QUERY_ALLOCATED_RANGES = 0x000940CF;

    /// <summary>struct FILE_ALLOCATED_RANGE_BUFFER.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct AllocatedRange
    {
        internal long Offset;
        internal long Length;
    }

    [LibraryImport(Library, EntryPoint = "DeviceIoControl", SetLastError = true)]
    private static partial int ControlDevice(
        SafeFileHandle file, uint code, void* input, uint inputSize, void* output, uint outputSize, uint* returned, Overlapped* overlapped);

    /// <summary>Makes the file sparse. Answers 0 or the Win32 error code.</summary>
    internal static int SetSparse(SafeFileHandle file)
    {
        uint returned;
        return ControlDevice(file, FSCTL_SET_SPARSE, null, 0, null, 0, &returned, null) != 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>
    /// The first allocated range within <paramref name="window"/>, empty if there is none. Answers 0 or the Win32 error code.
    /// </summary>
    internal static int FirstAllocatedRange(SafeFileHandle file, AllocatedRange window, out AllocatedRange range)
    {
        uint returned = 0;
        AllocatedRange answer = default;
        var size = (uint)sizeof(AllocatedRange);
        var done = ControlDevice(file, FSCTL_QUERY_ALLOCATED_RANGES, &window, size, &answer, size, &returned, null) != 0;
        var error = done ? 0 : Marshal.GetLastPInvokeError();
        range = returned >= sizeof(AllocatedRange) ? answer : default;
        return error == ERROR_MORE_DATA ? 0 : error; // more ranges follow; the first is all that is asked for
    }
}
