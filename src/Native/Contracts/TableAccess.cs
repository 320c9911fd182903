namespace EtsPersist.Mmf;

/// <summary>Who may read and write a table. ETS: <c>protected | public | private</c>.</summary>
public enum TableAccess : byte
{
    /// <summary>The owner writes, every process reads.</summary>
    Protected = 1,

    /// <summary>Every process reads and writes.</summary>
    Public = 2,

    /// <summary>Only the owner reads and writes.</summary>
    Private = 3,
}
