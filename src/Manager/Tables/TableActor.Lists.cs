using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tables;

/// <content>What lists and metrics tell of the table.</content>
internal sealed partial class TableActor
{
    /// <summary>How large the table is, or null where there is none that is served. Threads: any; does not wait for the table's queue.</summary>
    public TableSize? Measure()
    {
        try
        {
            return Volatile.Read(ref _table)?.File is { } file ? new TableSize(Name, file.Count, file.BytesUsed) : null;
        }
        catch (Exception error) when (error is ObjectDisposedException or EtsException)
        {
            return null; // dropped this moment
        }
    }

    /// <summary>The workers that wait for the table or are in quarantine for it.</summary>
    public Task<IReadOnlyList<ClaimStanding>> ListStandingsAsync() => _queue.InvokeAsync(() =>
    {
        SeeOwner();
        return _claims.Standings(Now);
    });

    /// <summary>The table as lists show it, or null where only workers wait for a table of the name.</summary>
    public Task<TableSummary?> SummarizeAsync() => _queue.InvokeAsync(() =>
    {
        if (_table is null) Mend();
        SeeOwner();
        if (_table is not { } table) return _problem is null ? null : new TableSummary { Table = Name, Problem = _problem };
        var word = table.File.Ownership;
        return new TableSummary
        {
            Table = table.Location.Name,
            FileName = table.FileName,
            Kind = table.File.Kind,
            Access = table.File.Access,
            State = word.State,
            Epoch = word.Epoch,
            OwnerProcessId = word.State == OwnershipState.Owned ? table.HandOver.Owner?.ProcessId ?? 0 : 0,
            OwnerRole = word.State == OwnershipState.Owned ? table.HandOver.Owner?.Role : null,
            HeirProcessId = table.Definition.Standing.Heir?.Process.ProcessId ?? 0,
            HeirWorkerId = table.Definition.Standing.Heir?.WorkerId ?? 0,
            Role = table.Definition.FindMe?.Role,
            IsLocal = table.Definition.IsLocal,
            Waiting = _claims.Count,
            Rows = table.File.Count,
            BytesUsed = table.File.BytesUsed,
            QuarantineMilliseconds = (long)Math.Max(0, table.Kept.QuarantineLeft.TotalMilliseconds),
            QuarantinedWorkers = _claims.CountQuarantined(Now),
            Pins = table.File.Pins().Sum(pin => pin.Count),
            Problem = _problem,
        };
    });

    /// <summary>Looks at a table that has another owner than is known: who accepts or releases one says so only behind what it does first, perhaps a list.</summary>
    private void SeeOwner()
    {
        if (_table is { } table && !table.HandOver.KnowsOwner) Look(tidies: false);
    }
}
