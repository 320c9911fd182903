namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>When processes are killed in a trial.</summary>
/// <param name="Store">The operation is killed before this part of a store; beyond the last, after its end.</param>
/// <param name="Nested">Its recoverer before this one, and another takes over; null if it is not killed.</param>
internal readonly record struct Moment(int Store, int? Nested = null)
{
    public static Moment Never => new(int.MaxValue);
}
