using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A fill is made at the end of its operation only, behind the write that leads to it.</summary>
internal sealed record LateFill(StoreSite Site) : Mutation
{
    public override StoreSite First => Site;

    public override string ToString() => $"{Site} late";
}
