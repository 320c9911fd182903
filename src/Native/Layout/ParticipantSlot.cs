using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// A writer's slot. Its journals lie in the journal region; its liveness lock is the byte <c>capacity + slot</c> of the file.
/// </summary>
/// <remarks>
/// <code>
/// 0      8            16           24     32       128
/// | word | process id | start time | pins | reserved |
/// </code>
/// The process id, start time and pins are for display and for finding the process; the lock alone decides whether it lives.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = TableGeometry.SlotBytes)]
internal struct ParticipantSlot
{
    [FieldOffset(0)] public ulong Word;
    [FieldOffset(8)] public ulong ProcessId;
    [FieldOffset(16)] public ulong StartTime;
    [FieldOffset(24)] public ulong Pins;
}
