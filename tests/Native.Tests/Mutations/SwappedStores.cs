using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>Wherever the one store is followed by the other, with nothing but fills between, it is made after the other.</summary>
internal sealed record SwappedStores(StoreSite Earlier, StoreSite Later) : Mutation
{
    public override StoreSite First => Earlier;

    public override string Text => $"{EngineStores.TextOf(Earlier)} after {EngineStores.TextOf(Later)}";

    public override string ToString() => $"{Earlier} after {Later}";
}
