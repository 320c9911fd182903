namespace EtsPersist.Mmf;

/// <summary>A table whatever it is called: it keeps this through renames, and no later table has it. ETS: a table identifier.</summary>
/// <param name="Id">Drawn at creation.</param>
/// <param name="Incarnation">Higher than that of every table that the instance had before.</param>
public readonly record struct EtsTableId(Guid Id, ulong Incarnation);
