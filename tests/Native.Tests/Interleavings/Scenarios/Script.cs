namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What one actor does.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="Run">Its operations.</param>
internal sealed record Script(string Name, Action<ActorTable> Run)
{
    /// <summary>Whether it has a writer's slot from the beginning.</summary>
    public bool HasSlot { get; init; }

    /// <summary>Whether its process may be killed. Nobody could notice the death of a reader.</summary>
    public bool IsKillable { get; init; }

    public static Script Writer(string name, Action<ActorTable> run) => new(name, run) { HasSlot = true, IsKillable = true };

    public static Script Reader(Action<ActorTable> run) => new("reader", run);

    /// <summary>Waits for a death and recovers.</summary>
    public static Script Recoverer(string name, bool isKillable = false) =>
        new(name, table => table.RecoverWhenSomebodyDied()) { IsKillable = isKillable };
}
