namespace EtsPersist.Mmf.Soak;

/// <summary>What a process does in a run.</summary>
internal enum Role
{
    /// <summary>Writes public tables.</summary>
    Writer,

    /// <summary>Reads them.</summary>
    Reader,

    /// <summary>Settles dead writers.</summary>
    Recoverer,

    /// <summary>Owns the table that is handed over, or waits for it.</summary>
    Worker,

    /// <summary>Hands it over, or stands by.</summary>
    Manager,
}
