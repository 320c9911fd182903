using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Soak;

/// <summary>
/// Reads in a table's file what a writer is doing, or was when it was killed: nobody can settle it before the kernel has taken the process
/// down. Offsets: docs/file-format.md.
/// </summary>
internal sealed class JournalTrace(string path) : IDisposable
{
    private const int SlotsStart = 8192;
    private const int SlotBytes = 128;
    private const int Slots = 240;
    private const int ProcessId = 8;
    private const int JournalsStart = 64 << 10;
    private const int JournalBytes = 2048;
    private const int JournalsOfSlot = 16;
    private const int Transfer = 96;
    private const int Structure = 120;
    private const int LastRowState = 2;
    private const int LastSplitState = 4;

    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    private readonly byte[] _slots = new byte[Slots * SlotBytes];
    private readonly byte[] _journals = new byte[JournalsOfSlot * JournalBytes];

    /// <summary>What a process is doing, or null where it has no slot.</summary>
    public KillMoment? MomentOf(int process)
    {
        RandomAccess.Read(_file, _slots, SlotsStart);
        for (var slot = 0; slot < Slots; slot++)
        {
            var entry = _slots.AsSpan(slot * SlotBytes, SlotBytes);
            if ((entry[0] & 1) == 0 || Word(entry[ProcessId..]) != (ulong)process) continue;
            RandomAccess.Read(_file, _journals, JournalsStart + ((long)slot * _journals.Length));
            return MomentOfJournals();
        }
        return null;
    }

    /// <summary>Whether a process is in the middle of an operation.</summary>
    public bool IsAtWork(int process) => MomentOf(process) is not (null or KillMoment.Between);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private KillMoment MomentOfJournals()
    {
        for (var start = 0; start < _journals.Length; start += JournalBytes)
        {
            var journal = _journals.AsSpan(start, JournalBytes);
            var moment = MomentOf(Word(journal), Word(journal[Transfer..]), Word(journal[Structure..]));
            if (moment != KillMoment.Between) return moment;
        }
        return KillMoment.Between;
    }

    private static KillMoment MomentOf(ulong state, ulong transfer, ulong structure) => state switch
    {
        _ when transfer != 0 || structure != 0 => KillMoment.Growth,
        0 => KillMoment.Between,
        <= LastRowState => KillMoment.Row,
        <= LastSplitState => KillMoment.Growth,
        _ => KillMoment.Batch,
    };

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
