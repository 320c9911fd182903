using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

internal static class HandOverPolicyForTests
{
    /// <summary>Offers that stand hardly longer than it takes to look at them.</summary>
    public static HandOverPolicy Impatient { get; } = HandOverPolicy.Default with { OfferTimeout = TimeSpan.FromMilliseconds(200) };
}
