namespace EtsPersist.Mmf.Soak;

/// <summary>Processes that work at the same times, by number: those of each public table, and the three below.</summary>
internal static class Crew
{
    /// <summary>The recoverer.</summary>
    public const int Recoverers = 8;

    /// <summary>The workers.</summary>
    public const int Workers = 9;

    /// <summary>The managers, which work when they are asked.</summary>
    public const int Managers = 10;
}
