using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>What the engine's algorithms need of one open table: its space, the kernel's word on its writers, and this process's part in it.</summary>
internal sealed class TableContext(TableSpace space, ILiveness liveness, string name)
{
    public TableSpace Space { get; } = space;

    public ILiveness Liveness { get; } = liveness;

    /// <summary>The table's name, for messages.</summary>
    public string Name { get; set; } = name;

    /// <summary>This process's writer slot, or -1 as long as it has none.</summary>
    public int Slot
    {
        get;
        set
        {
            if (value >= 0)
                Leases.Bind(Space, value);
            field = value;
        }
    } = -1;

    /// <summary>Which of this process's journals are in use.</summary>
    public JournalLeases Leases { get; } = new();

    /// <summary>One thread of this process settles dead writers at a time; between processes the slot's liveness lock decides.</summary>
    public Lock SettlingGate { get; } = new();

    /// <summary>The slots that this process is settling; guarded by <see cref="SettlingGate"/>.</summary>
    public HashSet<int> SlotsInSettlement { get; } = [];

    /// <summary>How long a writer waits for a living one before it gives up with <see cref="TableBusyException"/>.</summary>
    public TimeSpan WriterPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The journal that waits for no living holder at all: what it is for is tried again later. 0: none.</summary>
    public int Impatient { get; set; }

    /// <summary>How long a write of this process has waited at most for a holder that it then found dead and settled.</summary>
    public TimeSpan LongestWaitForDead { get; private set; }

    /// <summary>A recent row count, to decide about splits without adding up all counters each time.</summary>
    public long RecentCount { get; set; }

    /// <summary>How many more decisions <see cref="RecentCount"/> serves.</summary>
    public int RecentCountUses { get; set; }

    /// <summary>The first journal of this process's slot.</summary>
    public int FirstJournal => TableSpace.FirstJournalOf(Slot);

    public TimeSpan PatienceOf(int journal) => journal == Impatient ? TimeSpan.Zero : WriterPatience;

    public void NoteWaitForDead(TimeSpan waited)
    {
        lock (SettlingGate)
            LongestWaitForDead = waited > LongestWaitForDead ? waited : LongestWaitForDead;
    }
}
