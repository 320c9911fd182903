using EtsPersist.Mmf.Native.Engine.Writers;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The kernel's locks as an actor sees them: each call is a step.</summary>
internal sealed class SteppedLiveness(ILiveness kernel, Actor actor) : ILiveness
{
    public bool TryHold(int slot) => Ask(AccessKind.TryHold, slot, kernel.TryHold);

    public bool IsHeld(int slot) => Ask(AccessKind.IsHeld, slot, kernel.IsHeld);

    public void Release(int slot) => actor.Ask(AccessKind.Release, slot, held =>
    {
        kernel.Release(held);
        return true;
    });

    public void Dispose() { }

    private bool Ask(AccessKind kind, int slot, Func<int, bool> truth) =>
        actor.Ask(kind, slot, asked => actor.Execution.Defect is { } defect ? defect.Answer(actor, kind, asked, truth(asked)) : truth(asked));
}
