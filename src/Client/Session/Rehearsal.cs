using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Session;

/// <summary>
/// Plays the arrival of a table through while the worker waits, on a scratch table that nobody sees. What is compiled and loaded on first use
/// is there then when the table comes; compiled only then, it would make up nearly the whole hand-over.
/// </summary>
internal static class Rehearsal
{
    private const long ScratchBytes = 16L << 20;
    private const string Name = "rehearsal";
    private const ulong Incarnation = 1;

    /// <summary>Enough operations for a batch to be sorted as a large one is.</summary>
    private const int BatchOperations = 40;

    /// <summary>Plays it for rows of these types, once in a process. What fails is only not rehearsed.</summary>
    /// <returns>Whether it was played to the end, now or before.</returns>
    /// <param name="directory">Where the scratch file lies. A kill leaves it under the name of an unfinished table, which the manager deletes.</param>
    public static async Task<bool> PlayAsync<TKey, TValue>(InstanceDirectory directory)
    {
        if (Interlocked.Exchange(ref Played<TKey, TValue>.Flag, 1) != 0) return true;
        var path = Path.Join(directory.ScratchPath, $"{Name}.{Guid.NewGuid():N}.new");
        var isPlayed = await TryPlayAsync<TKey, TValue>(directory, path).ConfigureAwait(false);
        try
        {
            TableFileRemoval.Delete(path); // only now is everything out of reach that has it mapped
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next manager removes it.
        }
        return isPlayed;
    }

    private static async Task<bool> TryPlayAsync<TKey, TValue>(InstanceDirectory directory, string path)
    {
        try
        {
            await PlayOnAsync<TKey, TValue>(directory, path).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            // A full disk, a codec that does not take a sample, whatever it is: the work itself will say so.
            return false;
        }
    }

    private static async Task PlayOnAsync<TKey, TValue>(InstanceDirectory directory, string path)
    {
        TableFile.Compile(TableKind.Set); // others once it is known that the table is one, see PendingClaim
        var session = new WorkerSession(directory, Name, EtsWorkerOptions.Default);
        try
        {
            var epoch = CreateOffered(path, TableSchema.Of(Codecs.ForKey<TKey>(), Codecs.ForValue<TValue>()));
            await using var table = await session.Rehearse<TKey, TValue>(new TableLocation(Name, Incarnation, path), epoch).ConfigureAwait(false);
            if (Sample<TKey>() is { } key && Sample<TValue>() is { } value) Work(table, key, value);
        }
        finally
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Makes a table that has had an owner, who bound the schema, and that is offered again.</summary>
    /// <returns>The epoch of the offer.</returns>
    private static uint CreateOffered(string path, TableSchema schema)
    {
        using var file = TableFile.Create(path, Name, Incarnation, new TableFileOptions { MaximumBytes = ScratchBytes });
        file.Attach();
        file.TryOffer(file.Ownership, out var first);
        file.TryAccept(first.Epoch);
        using (var other = TableFile.Open(path, writable: true)) _ = other.IsOwnerAlive;
        SchemaBinding.Bind(file, schema);
        file.TryRelease(first.Epoch);
        file.TryOffer(file.Ownership, out var second);
        return second.Epoch;
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
