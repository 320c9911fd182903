namespace EtsPersist.Mmf;

/// <summary>
/// Stores an unmanaged struct as a record, member by member, so that it may gain members later. Without it such a struct is stored as its
/// memory, which is faster and fixed.
/// </summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EtsRecordAttribute : Attribute;
