using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Soak;

/// <summary>The table that is handed over, as the driver sees it: who has it, and whether it is on its way.</summary>
internal sealed class OwnedTableView(SoakFolder folder) : IDisposable
{
    private TableFile? _file;
    private JournalTrace? _trace;
    private int _struckOwner;

    /// <summary>The process that owns the table, or null while nobody does.</summary>
    public int? Owner
    {
        get
        {
            if (Ownership is not { State: OwnershipState.Owned, Slot: var slot }) return null;
            var owner = _file!.Participants().FirstOrDefault(participant => participant.Slot == slot);
            return owner.ProcessId == 0 ? null : owner.ProcessId;
        }
    }

    /// <summary>The ownership word; null before the table exists.</summary>
    public Ownership? Ownership => (_file ??= TryOpen())?.Ownership;

    /// <summary>Whether a process has the table that is not under the last blow.</summary>
    public bool HasLivingOwner => Owner is { } owner && owner != _struckOwner;

    /// <summary>What a worker or a manager that has just been struck was doing.</summary>
    public KillMoment MomentOf(int process)
    {
        var owner = Owner;
        if (owner is null || (owner == _struckOwner && owner != process)) return KillMoment.HandOff;
        if (owner != process) return KillMoment.Between;
        _struckOwner = process;
        return Trace.MomentOf(process) ?? KillMoment.Between;
    }

    /// <summary>Whether the owner is in the middle of an operation.</summary>
    public bool IsAtWork(int owner) => Trace.IsAtWork(owner);

    /// <inheritdoc/>
    public void Dispose()
    {
        _trace?.Dispose();
        _file?.Dispose();
    }

    private JournalTrace Trace => _trace ??= new JournalTrace(_file!.Path);

    private TableFile? TryOpen()
    {
        try
        {
            return new InstanceDirectory(SoakFolder.Instance, folder.Root).OpenTable(OwnedRows.Table, writable: false);
        }
        catch (TableNotFoundException)
        {
            return null;
        }
    }
}
