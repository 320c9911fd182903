namespace EtsPersist.Mmf;

/// <summary>Leaves a member out of the stored row. A constructor parameter that is left out needs a default value.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class EtsIgnoreAttribute : Attribute;
