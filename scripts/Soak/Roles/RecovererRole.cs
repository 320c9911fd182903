using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Soak;

/// <summary>Settles dead writers, as the manager does for the tables it hands over, so that kills meet recoverers at their work. Told: files.</summary>
internal sealed class RecovererRole : IRole
{
    /// <summary>The first word of a recoverer's order.</summary>
    public const string Word = "recoverer";

    public string Name => Word;

    public void Run(string[] words, SharedCounters counters)
    {
        var tables = words.Select(file => TableFile.Open(file, writable: true)).ToArray();
        while (true)
        {
            foreach (var table in tables) counters[Places.Settled] += table.RecoverDead();
            Thread.Sleep(1);
        }
    }
}
