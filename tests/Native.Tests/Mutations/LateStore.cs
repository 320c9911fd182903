using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A fill or a release is made at the end of its operation only.</summary>
internal sealed record LateStore(StoreSite Site) : Mutation
{
    public override StoreSite First => Site;

    public override string Text => $"{EngineStores.TextOf(Site)} late";

    public override string ToString() => $"{Site} late";
}
