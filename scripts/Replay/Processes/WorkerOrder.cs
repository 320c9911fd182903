namespace EtsPersist.Mmf.Replay;

/// <summary>Which table a worker asks for.</summary>
/// <param name="Root">The manager's directory.</param>
/// <param name="Table">The table's name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Keys">What its keys are.</param>
/// <param name="GrowsByPages">Whether its file grows page by page.</param>
internal sealed record WorkerOrder(string Root, string Table, TableKind Kind, KeyType Keys, bool GrowsByPages)
{
    private const string Command = "worker";

    /// <summary>The order as arguments of a process.</summary>
    public string[] ToArguments() => [Command, Root, Table, Kind.ToString(), Keys.ToString(), GrowsByPages.ToString()];

    /// <summary>Reads what <see cref="ToArguments"/> made; null where the arguments are a user's.</summary>
    public static WorkerOrder? TryParse(string[] arguments) => arguments is [Command, var root, var table, var kind, var keys, var growsByPages]
        ? new WorkerOrder(root, table, Enum.Parse<TableKind>(kind), Enum.Parse<KeyType>(keys), bool.Parse(growsByPages))
        : null;
}
