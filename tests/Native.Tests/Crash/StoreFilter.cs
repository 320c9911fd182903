namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>What comes between the engine and memory in a test: sees each store, and makes it or something else.</summary>
internal abstract unsafe class StoreFilter
{
    /// <summary>Makes a store.</summary>
    public abstract void Make(in Store store);

    /// <summary>What has been stored comes before what will be.</summary>
    public virtual void WriteBarrier() { }

    /// <summary>A word is about to be read.</summary>
    public virtual void Read(ulong* address) { }

    /// <summary>The engine waits for somebody.</summary>
    public virtual void Pause() { }

    /// <summary>An operation has come to its end.</summary>
    public virtual void EndOperation() { }
}
