namespace EtsPersist.Mmf.Bench.Operations;

/// <summary>What is timed, in the order in which a round runs it: the rows come first and go last.</summary>
internal enum Operation
{
    InsertNew,
    Get,
    GetChained,
    GetMissing,
    Overwrite,
    Counter,
    Delete,
}
