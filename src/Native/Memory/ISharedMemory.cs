using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Memory;

/// <summary>
/// The one seam through which the engine touches shared words. Production code runs on <see cref="ProcessMemory"/>, whose members
/// compile to plain instructions; tests supply a tracer that records, stops or reorders stores.
/// </summary>
/// <remarks>
/// The contract: a thread's stores reach the file in the order of the calls, each aligned word whole, so that a kill leaves a prefix of them.
/// Words are 8 bytes and aligned. How much of that order an operation needs is said by which member it calls; production keeps all of it. Each store says where in the source it stands, which the compiler fills in: tests drop and swap stores by their
/// place, and in production the JIT drops the unused constants.
/// </remarks>
internal unsafe interface ISharedMemory
{
    /// <summary>Reads a word; nothing that follows is read before it.</summary>
    static abstract ulong Read(ulong* address);

    /// <summary>Writes a word; everything written before is visible to whoever reads it, and the next write comes after it.</summary>
    static abstract void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

    /// <summary>
    /// Writes a word behind everything before it. What follows does not wait for it: a kill may leave the next write made and this one not.
    /// It is made when its operation ends.
    /// </summary>
    static abstract void Release(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

    /// <summary>Replaces a word if it is as expected; a full fence.</summary>
    static abstract bool CompareExchange(ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

    /// <summary>
    /// Fills bytes that nothing leads to yet. A kill may leave any part of them: fills have no order among each other, and may come before the writes
    /// that precede them. They come before the write that leads to them.
    /// </summary>
    static abstract void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

    /// <summary>Fills a word that nothing leads to yet.</summary>
    static abstract void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

    /// <summary>Everything stored before, releases too, comes before everything that follows, fills too.</summary>
    static abstract void WriteBarrier();

    /// <summary>Everything read before is read before everything that follows.</summary>
    static abstract void ReadBarrier();

    /// <summary>
    /// Lets a round pass in which a writer waits for a store of another one; rounds count from 1. True: it has waited long enough to ask whether
    /// the other lives. Tests that step several writers see here that one of them cannot go on.
    /// </summary>
    static virtual bool Pause(int round) => ProcessMemory.Pause(round);
}
