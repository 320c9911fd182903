namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Who finds a writer dead settles it without taking its liveness lock, and so may another.</summary>
internal sealed class RecoveredWithoutTheLock : Defect
{
    public override bool Answer(Actor actor, AccessKind kind, int slot, bool truth) => kind switch
    {
        AccessKind.IsHeld => actor.Execution.IsSlotOfTheLiving(slot),
        AccessKind.TryHold => true,
        _ => truth,
    };
}
