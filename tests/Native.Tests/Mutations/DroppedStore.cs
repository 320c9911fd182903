using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A store is missing. An exchange compares, says that it has exchanged, and stores nothing.</summary>
internal sealed record DroppedStore(StoreSite Site) : Mutation
{
    public override StoreSite First => Site;

    public override string Text => $"{EngineStores.TextOf(Site)} dropped";

    public override string ToString() => $"{Site} dropped";
}
