namespace EtsPersist.Mmf.Soak;

/// <summary>What the places of a round need of the run.</summary>
internal sealed class WriterSurroundings(SoakFolder folder, Reserve reserve, Findings findings, OperationTimes times, Random random, Sabotage sabotage)
{
    private uint _writers;

    /// <summary>The directory of the run.</summary>
    public SoakFolder Folder => folder;

    /// <summary>The processes that wait for a role.</summary>
    public Reserve Reserve => reserve;

    /// <summary>What was found wrong.</summary>
    public Findings Findings => findings;

    /// <summary>How long operations took.</summary>
    public OperationTimes Times => times;

    /// <summary>The source of every random choice.</summary>
    public Random Random => random;

    /// <summary>What writers break.</summary>
    public Sabotage Sabotage => sabotage;

    /// <summary>A number for a writer, higher than all before. Short values have 16 bits for it, so it begins again with each round.</summary>
    public uint NextWriter() => ++_writers;
}
