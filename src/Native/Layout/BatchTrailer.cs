using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// What a batch keeps behind the value of each record that it brings.
/// </summary>
/// <remarks>
/// <code>
/// 0            8        16       24
/// | previous   | batch  | next   |
/// </code>
/// previous: the settled reference that stood in the lane, 0 for none. batch: <see cref="BatchId"/>. next: the next record of the batch, 0 at the end.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = RecordHeader.TrailerBytes)]
internal struct BatchTrailer
{
    [FieldOffset(0)] public ulong Previous;
    [FieldOffset(8)] public ulong Batch;
    [FieldOffset(16)] public ulong Next;
}
