using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library maps, but does not say how the memory will be used.
internal static unsafe partial class Libc
{
    private const int MADV_RANDOM = 1;

    [LibraryImport(Library, EntryPoint = "madvise")]
    private static partial int Advise(byte* memory, nuint length, int advice);

    /// <summary>madvise(2): the memory is used here and there. A hint, whose refusal changes nothing.</summary>
    internal static void AdviseRandom(byte* memory, long length) => _ = Advise(memory, (nuint)length, MADV_RANDOM);
}
