namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>A stay at a table's place, for what may leave something there: a claim, a table. Until it ends the place is not given up.</summary>
internal readonly struct TableVisit(TableActor table) : IDisposable
{
    public TableActor Table => table;

    public void Dispose() => table.Leave();
}
