namespace EtsPersist.Mmf.Client.Tests.Interop;

/// <summary>A test that needs the other implementations, and says why where they cannot be had.</summary>
public sealed class ForeignFactAttribute : FactAttribute
{
    public ForeignFactAttribute() => Skip = ForeignImplementations.WhyMissing;
}
