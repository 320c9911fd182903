using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>An operation in a state of the table that makes it take a path of its own.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Prepare">Brings the table into the state; the writer is attached.</param>
/// <param name="Operation">The operation that is killed.</param>
internal sealed record CrashScenario(string Name, Action<CrashTable> Prepare, Action<CrashTable> Operation)
{
    /// <summary>How the rows of the table lie.</summary>
    public RowFormat Format { get; init; } = RowFormat.Records;

    /// <summary>The kind of the table.</summary>
    public TableKind Kind { get; init; } = TableKind.Set;

    public override string ToString() => Name;
}
