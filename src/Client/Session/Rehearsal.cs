using System.Reflection;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <summary>
/// Plays the arrival of a table through while the worker waits, on a scratch table that nobody sees. What is compiled and loaded on first use
/// is there then when the table comes; compiled only then, it would make up nearly the whole hand-over.
/// </summary>
internal static class Rehearsal
{
    private const long ScratchBytes = 16L << 20;

    /// <summary>Enough operations for a batch to be sorted as a large one is.</summary>
    private const int BatchOperations = 40;

    /// <summary>Plays it for rows of these types, once in a process. What fails is only not rehearsed.</summary>
    /// <param name="directory">Where the scratch file lies. A kill leaves it under the name of an unfinished table, which the manager deletes.</param>
    public static void Play<TKey, TValue>(InstanceDirectory directory)
    {
        if (Interlocked.Exchange(ref Played<TKey, TValue>.Flag, 1) != 0) return;
        try
        {
            CompileArrival<TKey, TValue>();
            PlayOn<TKey, TValue>(Path.Join(directory.TablesPath, $"rehearsal.{Guid.NewGuid():N}.new"));
        }
        catch (Exception)
        {
            // A full disk, a codec that does not take a sample, whatever it is: the work itself will say so.
        }
    }

    private static void PlayOn<TKey, TValue>(string path)
    {
        var file = TableFile.Create(path, "rehearsal", 1, new TableFileOptions { MaximumBytes = ScratchBytes });
        try
        {
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            Arrive<TKey, TValue>(file);
        }
        finally
        {
            file.Dispose();
            File.Delete(path);
        }
    }

    /// <summary>What is reached only through a manager's offer.</summary>
    private static void CompileArrival<TKey, TValue>()
    {
        Type[] types =
        [
            typeof(WorkerSession), typeof(PendingClaim), typeof(TypedClaim<TKey, TValue>), typeof(OwnedTableHandle), typeof(AcceptedMessage),
        ];
        foreach (var type in types) Compile(type);
        var create = typeof(OwnedTableFactory).GetMethod(nameof(OwnedTableFactory.Create))!;
        RuntimeHelpers.PrepareMethod(create.MethodHandle, [typeof(TKey).TypeHandle, typeof(TValue).TypeHandle]);
    }

    private static void Compile(Type type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMethods(Own).Where(method => !method.IsAbstract && !method.ContainsGenericParameters))
            RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. type.GetGenericArguments().Select(argument => argument.TypeHandle)]);
    }

    private static void Arrive<TKey, TValue>(TableFile file)
    {
        file.TryOffer(file.Ownership, out var offered);
        var message = new OfferMessage("rehearsal", "rehearsal.1.ets", offered.Epoch, TransferReason.OwnerDied, 1, "rehearsal", default);
        var offer = MessageCodec.Decode<OfferMessage>(MessageCodec.Encode(0, message).AsSpan(FrameLimits.HeaderBytes), out _);
        file.TryAccept(offer.Epoch);
        SchemaBinding.Bind(file, TableSchema.Of(Codecs.ForKey<TKey>(), Codecs.ForValue<TValue>()));
        using var table = new EtsTable<TKey, TValue>(file, WorkerSession.ToTransfer(offer), () => Release(file, offer.Epoch));
        if (Sample<TKey>() is { } key && Sample<TValue>() is { } value) Work(table, key, value);
    }

    private static ValueTask Release(TableFile file, uint epoch)
    {
        file.TryRelease(epoch);
        return ValueTask.CompletedTask;
    }

    private static void Work<TKey, TValue>(EtsTable<TKey, TValue> table, TKey key, TValue value)
    {
        var isCounter = CounterFormats.Of<TValue>() is not null;
        var batch = table.CreateBatch();
        for (var round = 0; round < 2; round++)
        {
            table.TryGet(key, out _);
            table.Insert(key, value);
            table.Insert(key, value);
            if (isCounter) table.UpdateCounter(key, 1);
            for (var operation = 0; operation < BatchOperations; operation++)
            {
                batch.Insert(key, value);
                if (isCounter) batch.UpdateCounter(key, 1, 0);
            }
            table.Commit(batch);
            batch.Clear();
            table.Delete(key);

            // A batch that finds no row takes other ways.
            if (isCounter) batch.UpdateCounter(key, 1, 0);
            table.Commit(batch.Insert(key, value));
            batch.Clear();
            table.TryGet(key, out _);
        }
        _ = table.Count;
    }

    private static class Played<TKey, TValue>
    {
        public static int Flag;
    }

    /// <summary>A value to work with, or null where only the worker's own code could make one.</summary>
    private static T? Sample<T>()
    {
        if (typeof(T) == typeof(string)) return (T)(object)"rehearsal";
        return typeof(T) == typeof(byte[]) ? (T)(object)new byte[8] : default;
    }
}
