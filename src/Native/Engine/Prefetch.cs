using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>Asks the processor for a cache line that will be read soon; a hint that never faults.</summary>
internal static unsafe class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
