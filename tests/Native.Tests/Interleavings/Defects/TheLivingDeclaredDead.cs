namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The kernel is misread: everybody else seems to be dead.</summary>
internal sealed class TheLivingDeclaredDead : Defect
{
    public override bool Answer(Actor actor, AccessKind kind, int slot, bool truth) => kind != AccessKind.IsHeld;
}
