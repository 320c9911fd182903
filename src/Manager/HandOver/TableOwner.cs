namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>Who owns a table, as far as the manager knows; the word in the table's file decides.</summary>
/// <param name="Epoch">The epoch it accepted under.</param>
/// <param name="Process">The process whose death to expect; null where it is out of the manager's sight.</param>
/// <param name="ProcessId">Its id, for people.</param>
/// <param name="Role">Its role; null where the manager found the owner instead of choosing it.</param>
/// <param name="AcceptedAt">When the manager saw it accept; null where that was before this manager.</param>
internal sealed record TableOwner(uint Epoch, IOwnerProcess? Process, int ProcessId, string? Role, TimeSpan? AcceptedAt)
{
    public PreviousOwner ToPrevious() => new(ProcessId, Role);
}
