using EtsPersist.Mmf.Native.Engine.Writers;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>Keeps the liveness locks of "processes" of one test; killing one drops its locks.</summary>
internal sealed class SimulatedKernel
{
    private readonly Dictionary<int, object> _holders = [];

    public ILiveness NewProcess() => new Process(this);

    /// <summary>Drops all locks of this process.</summary>
    public void Kill(ILiveness process)
    {
        foreach (var slot in _holders.Where(held => ReferenceEquals(held.Value, process)).Select(held => held.Key).ToArray())
            _holders.Remove(slot);
    }

    /// <summary>Forgets all locks but those of this process.</summary>
    public void KillAllBut(ILiveness? survivor)
    {
        foreach (var slot in _holders.Where(held => !ReferenceEquals(held.Value, survivor)).Select(held => held.Key).ToArray())
            _holders.Remove(slot);
    }

    private sealed class Process(SimulatedKernel kernel) : ILiveness
    {
        public bool TryHold(int slot)
        {
            if (kernel._holders.TryGetValue(slot, out var holder))
                return ReferenceEquals(holder, this);
            kernel._holders[slot] = this;
            return true;
        }

        public void Release(int slot)
        {
            if (kernel._holders.TryGetValue(slot, out var holder) && ReferenceEquals(holder, this))
                kernel._holders.Remove(slot);
        }

        public bool IsHeld(int slot) => kernel._holders.ContainsKey(slot);

        public void Dispose() { }
    }
}
