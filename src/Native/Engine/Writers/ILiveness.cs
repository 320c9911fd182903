namespace EtsPersist.Mmf.Native.Engine.Writers;

/// <summary>
/// The kernel's word on who lives: a lock for each writer's slot, which the kernel drops when the process that holds it is gone
/// and cannot store any more.
/// </summary>
internal interface ILiveness : IDisposable
{
    /// <summary>Takes the slot's lock, or says that another holds it.</summary>
    bool TryHold(int slot);

    /// <summary>Gives the slot's lock back.</summary>
    void Release(int slot);

    /// <summary>Whether another descriptor than this one's holder, or this one, holds the slot's lock.</summary>
    bool IsHeld(int slot);
}
