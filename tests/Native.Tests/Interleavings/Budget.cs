namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>How much is explored of each scenario.</summary>
internal sealed record Budget
{
    private static readonly Budget Short = new() { Drawn = 200, DrawnOfLarge = 2000, MostExecutions = 20_000 };
    private static readonly Budget Long = new() { Drawn = 5_000, DrawnOfLarge = 20_000, MostExecutions = 20_000, SearchedBeyond = 5_000 };

    /// <summary>The short one, or the long one where the environment says ETSPERSIST_EXHAUSTIVE=1.</summary>
    public static Budget Default => Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1" ? Long : Short;

    /// <summary>How many executions are drawn.</summary>
    public int Drawn { get; private init; }

    /// <summary>How many are drawn of a large scenario.</summary>
    public int DrawnOfLarge { get; private init; }

    /// <summary>An exhaustive exploration that needs more than this is a mistake in the scenario.</summary>
    public int MostExecutions { get; private init; }

    /// <summary>
    /// How many executions are tried one by one with a pre-emption more than what is explored exhaustively; of a large scenario with as many as it asks for.
    /// </summary>
    public int SearchedBeyond { get; private init; }
}
