using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Writers;

/// <summary>
/// The locks among writers: one in each bucket's meta word, one for the allocator. A lock names the journal that holds it, so whoever waits
/// can ask the kernel about the holder, and settle the journal of a dead one.
/// </summary>
internal static unsafe class WriterLock<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>
    /// Locks the bucket that holds the hash, which the journal names before. The bucket may turn out to have split meanwhile:
    /// the lock is taken on a meta word that says that it holds the hash.
    /// </summary>
    /// <returns>The meta word as it was, unlocked.</returns>
    /// <exception cref="TableBusyException">A living process did not let go in time; nothing is locked.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BucketMeta LockBucket(Writer writer, ulong hash, out Bucket* bucket)
    {
        var space = writer.Space;
        var patience = default(Patience);
        while (true)
        {
            var index = HashIndex<TMemory>.Locate(space, hash, HashIndex<TMemory>.Hint(space, hash), out var meta);
            bucket = space.BucketAt(index);
            TMemory.Write(&writer.Journal->Bucket, index + 1);
            if (!meta.IsLocked && TMemory.CompareExchange(&bucket->Meta, meta.Bits, meta.LockedBy(writer.Number).Bits))
                return meta;
            if (meta.IsLocked)
                WaitFor(writer, meta.Lock, ref patience);
        }
    }

    /// <summary>Unlocks a bucket; the version moves if anything was unlinked. Pairs with the second look of readers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void UnlockBucket(Bucket* bucket, BucketMeta meta, bool unlinked) =>
        TMemory.Write(&bucket->Meta, unlinked ? meta.UnlockedAfterUnlinking().Bits : meta.Unlocked().Bits);

    /// <summary>Unlocks what a register of this journal names, if the journal holds it: what recovery knows about a lock.</summary>
    public static void ReleaseIfHeld(Writer writer, ulong register)
    {
        if (IsHeld(writer, register, out var bucket, out var meta))
            UnlockBucket(bucket, meta, unlinked: true);
    }

    /// <summary>Whether this journal holds the bucket or node that a register names.</summary>
    public static bool IsHeld(Writer writer, ulong register, out Bucket* bucket, out BucketMeta meta)
    {
        bucket = null;
        meta = default;
        if (register == 0)
            return false;
        bucket = writer.Space.LockedAt(register);
        meta = new BucketMeta(TMemory.Read(&bucket->Meta));
        return meta.Lock == writer.Number;
    }

    public static void LockAllocator(Writer writer)
    {
        var patience = default(Patience);
        var word = &writer.Space.Header->AllocatorLock;
        while (!TMemory.CompareExchange(word, 0, (ulong)writer.Number))
        {
            var holder = (int)TMemory.Read(word);
            if (holder != 0)
                WaitFor(writer, holder, ref patience);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void UnlockAllocator(Writer writer) => TMemory.Release(&writer.Space.Header->AllocatorLock, 0);

    /// <summary>Waits a round for a journal to let go; settles it if its process is dead.</summary>
    /// <exception cref="TableBusyException">It lives and did not let go in time.</exception>
    /// <exception cref="CorruptTableException">The journal cannot hold anything: the lock is damaged.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WaitFor(Writer writer, int journal, ref Patience patience)
    {
        if (!patience.Wait<TMemory>())
            return;
        var table = writer.Table;
        var slot = TableSpace.SlotOfJournal(journal);
        if (slot >= TableGeometry.SlotCount || journal == writer.Number || Participants<TMemory>.IsSettling(table, slot))
            throw Damage.Lock(table.Space, journal);
        var word = new SlotWord(TMemory.Read(&table.Space.SlotAt(slot)->Word));
        if (!word.IsTaken && patience.HasSeenFree(journal, word))
            throw Damage.Lock(table.Space, journal);
        if (slot != table.Slot && Participants<TMemory>.TrySettle(table, slot))
        {
            table.NoteWaitForDead(patience.Waited);
            return;
        }
        if (patience.Waited > table.PatienceOf(writer.Number))
            throw TableBusyException.ForHolder(table.Name, slot, (int)TMemory.Read(&table.Space.SlotAt(slot)->ProcessId), patience.Waited);
    }
}
