namespace EtsPersist.Mmf.Bench.Growth;

/// <summary>A table that is filled from empty. Implemented by structs, so that the timed loop calls it directly.</summary>
internal interface IGrowingTable : IDisposable
{
    long Count { get; }

    long BytesReserved { get; }

    /// <summary>Makes the keys of the next rows; not timed.</summary>
    void Prepare(long firstRow, int rows);

    /// <summary>Inserts one of the prepared rows; allocates nothing.</summary>
    void Insert(int index);
}
