namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>Tests that measure the whole process, and so run with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "Alone";
}
