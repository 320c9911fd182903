namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>One access that an actor stands before.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Target">The offset in the file, or the slot for a liveness lock.</param>
/// <param name="Value">What it stores.</param>
internal readonly record struct Access(AccessKind Kind, long Target, ulong Value)
{
    public bool IsStore => Kind is AccessKind.Write or AccessKind.CompareExchange or AccessKind.Fill;

    public bool IsLiveness => Kind is AccessKind.IsHeld or AccessKind.TryHold or AccessKind.Release;

    public override string ToString() => IsLiveness ? $"{Kind} slot {Target}" : $"{Kind} {Target:x}";
}
