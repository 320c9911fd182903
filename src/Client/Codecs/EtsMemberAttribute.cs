namespace EtsPersist.Mmf;

/// <summary>
/// Sets a member's position in the stored row, from 1. On one member, it must be on all, without gaps. Without it positions follow the
/// constructor's
/// parameters, then the other settable properties and then the fields as they are declared, those of base types first.
/// </summary>
/// <param name="position">The position, from 1.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class EtsMemberAttribute(int position) : Attribute
{
    /// <summary>The position, from 1.</summary>
    public int Position { get; } = position;
}
