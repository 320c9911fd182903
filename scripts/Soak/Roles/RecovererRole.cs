using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Soak;

/// <summary>Settles dead writers, as the manager does for the tables it hands over, so that kills meet recoverers at their work. Told: files.</summary>
internal sealed class RecovererRole : IRole
{
    /// <summary>The first word of a recoverer's order.</summary>
    public const string Word = "recoverer";

    public string Name => Word;

    public void Run(string[] words, SharedCounters counters, Shifts shifts)
    {
        var tables = words.Select(file => TableFile.Open(file, writable: true)).ToArray();
        while (true)
        {
            while (!shifts.IsOn) shifts.AwaitNext();
            foreach (var table in tables) Settle(table, counters);
            Thread.Yield();
        }
    }

    private static void Settle(TableFile table, SharedCounters counters)
    {
        if (table.Participants().All(participant => participant.IsAlive)) return;
        counters[Places.Settling] = 1;
        counters[Places.Settled] += table.RecoverDead();
        counters[Places.Settling] = 0;
    }
}
