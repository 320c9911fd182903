using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library offers it with a view's accessor only, whose disposal would flush as well.
internal static unsafe partial class Kernel32
{
    [LibraryImport(Library, EntryPoint = "FlushViewOfFile", SetLastError = true)]
    private static partial int FlushViewOfFile(void* start, nuint length);

    /// <summary>Hands all changed pages of a mapping to the file; to flush that is another call.</summary>
    /// <param name="start">The mapping's first byte.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    internal static void FlushView(void* start)
    {
        if (FlushViewOfFile(start, 0) == 0)
            throw new IOException($"FlushViewOfFile: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }
}
