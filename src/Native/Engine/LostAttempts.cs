using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>The attempts that one read has lost: backs off longer after each, and notices when the read waits for somebody.</summary>
/// <remarks>
/// A writer that is at work moves the bucket's meta word, or makes the one store that readers can notice under one hold of its lock. So a read may
/// lose once or twice while the meta word stays as it is. Who loses more often waits for a holder that does nothing, which may be dead: the
/// protocols of writers leave no such state behind, and <see cref="TableFile.ReaderWaits"/> shows if one ever does.
/// </remarks>
internal struct LostAttempts<TMemory> where TMemory : struct, ISharedMemory
{
    private const int AttemptsBeforeBackingOff = 8;
    private const int MostAttempts = 1 << 16;
    private const int MostWithoutChange = 3;

    private int _attempts;
    private int _withoutChange;
    private ulong _meta;

    /// <summary>One more on the bucket of a hash: waits a little longer than after the last. So many in a row happen in a damaged file only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(TableSpace space, ulong hash)
    {
        HashIndex<TMemory>.Locate(space, hash, HashIndex<TMemory>.Hint(space, hash), out var meta);
        Add(space, meta, meta);
    }

    /// <summary>
    /// The same on what had one meta word when the attempt began and has another now. Both are looked at, because an insert takes and frees the lock
    /// without a new version: who meets one after the other sees the same locked word each time, of holders that are all at work.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(TableSpace space, BucketMeta before, BucketMeta now)
    {
        if (++_attempts > MostAttempts)
            throw Damage.Of(space, $"a row could not be read in {MostAttempts} attempts");
        _withoutChange = _attempts > 1 && before.Bits == _meta && now.Bits == _meta ? _withoutChange + 1 : 0;
        _meta = now.Bits;
        if (_withoutChange == MostWithoutChange)
            space.CountReaderWait();
        if (_attempts > AttemptsBeforeBackingOff)
            Thread.SpinWait(1 << Math.Min(_attempts - AttemptsBeforeBackingOff, 10));
    }
}
