using EtsPersist.Mmf.Manager.Inspection;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Operating;

/// <summary>Waits until a table's file shows that its owner has let it go, or that another has it.</summary>
internal sealed class OwnerChange(InstanceDirectory directory, string table)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The table as it is now.</summary>
    public TableFacts Look()
    {
        using var file = directory.OpenTable(table, writable: false);
        return TableFacts.Of(file);
    }

    /// <summary>Looks until the table is as it is expected to be; null if it was not in time.</summary>
    public async Task<TableFacts?> AwaitAsync(Predicate<TableFacts> isExpected, TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var now = Look();
            if (isExpected(now)) return now;
            if (TimeProvider.System.GetElapsedTime(since) >= patience) return null;
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the owner of a moment has let the table go.</summary>
    public static bool HasLetGo(TableFacts before, TableFacts now) => now.Epoch != before.Epoch || now.State != OwnershipState.Owned;

    /// <summary>Whether another owner than that of a moment has the table.</summary>
    public static bool IsTaken(TableFacts before, TableFacts now) => now.Epoch > before.Epoch && now.State == OwnershipState.Owned;
}
