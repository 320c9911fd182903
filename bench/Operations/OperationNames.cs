namespace EtsPersist.Mmf.Bench.Operations;

/// <summary>The operations' names on the command line, in the table and in the JSON.</summary>
internal static class OperationNames
{
    public static string Of(Operation operation) => operation switch
    {
        Operation.InsertNew => "insert-new",
        Operation.Get => "get",
        Operation.GetChained => "get-chained",
        Operation.GetMissing => "get-missing",
        Operation.Overwrite => "overwrite",
        Operation.Counter => "counter",
        Operation.Delete => "delete",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such operation."),
    };
}
