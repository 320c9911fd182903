using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

/// <summary>
/// Pins: a count in the process's slot, changed by one store. A kill leaves it there with a slot whose process is dead, whose pins count no more; whoever
/// takes the slot next begins without.
/// </summary>
public sealed unsafe partial class TableFile
{
    /// <summary>Registers one more pin of this process. ETS: <c>safe_fixtable/2</c>.</summary>
    /// <exception cref="TableAccessException">The file is open for reading only: a reader has no slot.</exception>
    /// <exception cref="TooManyParticipantsException">All slots are held by living processes.</exception>
    /// <exception cref="InvalidOperationException">The process holds 65,535 pins.</exception>
    public void Pin()
    {
        Attach();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var word = PinsOf(_context.Slot);
            if (word.Count == PinWord.MaximumCount)
                throw new InvalidOperationException($"This process holds {PinWord.MaximumCount} pins of table '{Name}'. Dispose pins that are not needed any more.");
            var since = word.Count == 0 ? DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() : word.SinceUnixMilliseconds;
            WritePins(PinWord.Of(word.Count + 1, since));
        }
    }

    /// <summary>Takes one pin of this process back. Nothing after <see cref="Dispose"/>, which takes all.</summary>
    public void Unpin()
    {
        lock (_gate)
        {
            if (_disposed || _context.Slot < 0)
                return;
            var word = PinsOf(_context.Slot);
            if (word.Count != 0)
                WritePins(PinWord.Of(word.Count - 1, word.SinceUnixMilliseconds));
        }
    }

    /// <summary>The pins of the living processes. ETS: <c>info(T, safe_fixed)</c>.</summary>
    public IReadOnlyList<TablePin> Pins()
    {
        var pins = new List<TablePin>();
        foreach (var participant in Participants())
        {
            var word = PinsOf(participant.Slot);
            if (participant.IsAlive && word.Count != 0)
            {
                var since = DateTimeOffset.FromUnixTimeMilliseconds(word.SinceUnixMilliseconds);
                pins.Add(new TablePin(participant.ProcessId, participant.Slot, word.Count, since));
            }
        }
        GC.KeepAlive(this);
        return pins;
    }

    /// <summary>How the table's bytes are used. Costs a few cache lines for each writing process and each 64 KiB of free blocks.</summary>
    public TableSpaceUse SpaceUse
    {
        get
        {
            RequireUsable();
            var reserved = BytesUsed;
            var free = Math.Min(FreeSpace<ProcessMemory>.Of(_space), reserved);
            GC.KeepAlive(this);
            return new TableSpaceUse(reserved, free);
        }
    }

    private PinWord PinsOf(int slot) => new(ProcessMemory.Read(&_space.SlotAt(slot)->Pins));

    private void WritePins(PinWord word)
    {
        ProcessMemory.Write(&_space.SlotAt(_context.Slot)->Pins, word.Bits);
        GC.KeepAlive(this);
    }
}
