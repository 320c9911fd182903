namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>Tests that start, stop and kill processes: one after the other, and with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessTests
{
    public const string Name = "Processes";
}
