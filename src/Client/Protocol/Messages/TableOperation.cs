namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>What an operator wants done with a table. Numbers are never reused.</summary>
internal enum TableOperation : byte
{
    /// <summary>Its owner is to let it go to whoever is next.</summary>
    Release = 1,

    /// <summary>Its owner is to give it to a worker.</summary>
    Give = 2,

    /// <summary>It is to be dropped, whoever owns it.</summary>
    Drop = 3,

    /// <summary>It is to have another name, whoever owns it.</summary>
    Rename = 4,
}
