namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// A mistake made on purpose, between the engine and memory or between the engine and the kernel: what the engine would do if it were written wrongly.
/// One object serves one execution. By itself it changes nothing.
/// </summary>
internal abstract class Defect
{
    public virtual void Write(Actor actor, long offset, ulong value) => actor.Write(offset, value);

    public virtual bool CompareExchange(Actor actor, long offset, ulong expected, ulong value) => actor.CompareExchange(offset, expected, value);

    public virtual void Fill(Actor actor, long offset, ReadOnlySpan<byte> source) => actor.Fill(offset, source);

    public virtual ulong Read(Actor actor, long offset) => actor.Read(offset);

    public virtual void WriteBarrier(Actor actor) { }

    /// <summary>An operation of the actor has ended, or it waits for another one.</summary>
    public virtual void Rest(Actor actor) { }

    /// <summary>What the kernel answers.</summary>
    public virtual bool Answer(Actor actor, AccessKind kind, int slot, bool truth) => truth;
}
