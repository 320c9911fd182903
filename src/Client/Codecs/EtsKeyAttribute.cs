namespace EtsPersist.Mmf;

/// <summary>
/// Marks the member that is the key of the rows of an <see cref="EtsTable{TRow}"/>. Without it the key is the first member. ETS: the option
/// <c>keypos</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class EtsKeyAttribute : Attribute;
