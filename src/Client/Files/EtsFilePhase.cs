namespace EtsPersist.Mmf;

/// <summary>What is being done with a portable file.</summary>
public enum EtsFilePhase
{
    /// <summary>The rows of a table are written to the file.</summary>
    Saving,

    /// <summary>The file is read to its end and checked; there is no table yet.</summary>
    Verifying,

    /// <summary>The rows of the file are put into the table.</summary>
    Loading,
}
