namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>What is kept with a table's definition so that it survives the manager, and no configuration says.</summary>
internal sealed record TableStanding
{
    public static TableStanding None { get; } = new();

    public Heir? Heir { get; init; }

    public Departure? Departure { get; init; }

    /// <summary>Until when the table is not handed over because its owners kept dying on arrival; milliseconds since 1970, or 0.</summary>
    public long QuarantinedUntil { get; init; }
}
