using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>The words that are only displayed: which process has a slot, and since when. The kernel's locks decide, not they.</summary>
internal static unsafe class DiagnosticWords
{
    public static bool Contains(long offset)
    {
        if (offset < TableGeometry.SlotsStart || offset >= TableGeometry.SlotsStart + (TableGeometry.SlotCount * TableGeometry.SlotBytes))
            return false;
        ParticipantSlot slot;
        var field = (offset - TableGeometry.SlotsStart) % TableGeometry.SlotBytes;
        return field == (byte*)&slot.ProcessId - (byte*)&slot || field == (byte*)&slot.StartTime - (byte*)&slot;
    }
}
