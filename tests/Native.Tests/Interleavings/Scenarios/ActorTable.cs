using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The table as one actor uses it: production code on stepped memory, each operation noted in the history.</summary>
/// <param name="actor">Who it is; null while the table is prepared, when operations go into <see cref="Prepared"/>.</param>
/// <param name="context">Its process's part in the table.</param>
/// <param name="keys">The keys.</param>
internal sealed unsafe partial class ActorTable(Actor? actor, TableContext context, Keys keys)
{
    private readonly byte[] _value = new byte[Values.MostBytes];

    /// <summary>What has been prepared.</summary>
    public Rows Prepared { get; private set; } = Rows.Empty;

    /// <summary>How many rows have been prepared that nobody changes.</summary>
    public int Fillers { get; set; }

    private TableSpace Space => context.Space;

    private Writer Writer => new(context, context.FirstJournal);

    public void Insert(char key, long value) => Run($"insert {key}={value}", rows => (rows.With(key, Objects.Insert(Space.Kind, rows[key], value)), null), () =>
    {
        Store(keys[key], value, onlyIfNew: false);
        return null;
    });

    public void InsertNew(char key, long value) => Run(
        $"insert new {key}={value}",
        rows => rows[key] is null ? (rows.With(key, value), 1) : (rows, 0),
        () => Store(keys[key], value, onlyIfNew: true) == RowDecision.Store ? 1 : 0);

    public void Delete(char key) => Run($"delete {key}", rows => (rows.With(key, null), rows[key] is null ? 0 : 1), () =>
    {
        if (Space.IsBag)
            return TakeBag(keys[key]) is null ? 0 : 1;
        var operation = default(RemoveOperation);
        return Apply(keys[key], ref operation) == RowDecision.Remove ? 1 : 0;
    });

    public void Take(char key) => Run($"take {key}", rows => (rows.With(key, null), rows[key]), () =>
    {
        if (Space.IsBag)
            return TakeBag(keys[key]);
        var operation = new TakeOperation(_value);
        Apply(keys[key], ref operation);
        return operation.Status == ReadStatus.Found ? Values.Decode(_value.AsSpan(0, operation.Length)) : null;
    });

    public void Count(char key, long increment) => Run(
        $"count {key}+={increment}",
        rows => (rows.With(key, (rows[key] ?? 0) + increment), (rows[key] ?? 0) + increment),
        () =>
        {
            var operation = new CounterOperation(increment, 0, new CounterFormat(sizeof(long), IsSigned: true));
            Apply(keys[key], ref operation);
            return operation.Result;
        });

    public void Read(char key) => Run($"read {key}", rows => (rows, rows[key]), () =>
    {
        if (Space.IsBag)
            return ReadBag(keys[key]);
        int length;
        var status = Space.IsOrdered ? TreeReader<SteppedMemory>.Read(Space, keys[key], _value, out length)
            : Space.HasEntries ? EntryReader<SteppedMemory>.Read(Space, keys.HashOf(keys[key]), keys[key], _value, out length)
            : HashReader<SteppedMemory>.Read(Space, keys.HashOf(keys[key]), keys[key], _value, out length);
        return status == ReadStatus.Found ? Values.Decode(_value.AsSpan(0, length)) : null;
    }, isRead: true);

    public void Commit(Func<Batch, Batch> fill, bool onlyIfAllNew = false)
    {
        var batch = fill(new Batch(keys, Space.HasEntries, Space.Kind));
        Run($"batch {batch.Name}{(onlyIfAllNew ? " if all are new" : "")}", rows => batch.Apply(rows, onlyIfAllNew),
            () => (Space.IsBag
                ? BagWriter<SteppedMemory>.Commit(Writer, _bag, batch.Plan, onlyIfAllNew)
                : BatchWriter<SteppedMemory>.Commit(Writer, batch.Plan, onlyIfAllNew)) ? 1 : 0);
    }

    /// <summary>Splits the next bucket, the first time bucket 0, unless another is doing it.</summary>
    public void Split() => Run("split", rows => (rows, null), () =>
    {
        var next = SteppedMemory.Read(&Space.Header->Buckets);
        Space.Grow<SteppedMemory>(Region.Index, TableGeometry.IndexStart + ((long)(next + 1) * Space.BucketBytes));
        BucketSplitter<SteppedMemory>.TrySplit(Writer, next);
        return null;
    });

    /// <summary>Scans the part of the table that bucket 0 held in the beginning, or all of an ordered one.</summary>
    public void Scan()
    {
        if (Space.IsBag)
        {
            ScanBag();
            return;
        }
        var seen = new ScannedRows(keys);
        if (Space.IsOrdered)
            ScanInOrder(seen);
        else
            ScanBucket(seen);
        if (seen.Problem(Fillers) is { } problem)
            actor!.Execution.Fail(problem);
    }

    private void ScanInOrder(ScannedRows seen)
    {
        var page = new ScanPage();
        var scan = Run("scan", rows => (rows, null), () =>
        {
            for (var cursor = 0UL; TreeScanner<SteppedMemory>.Next(Space, ref cursor, page);)
                throw new InvalidOperationException("All rows fit into one page.");
            return null;
        });
        actor!.Execution.History.AddReads(scan, seen.Add(page, 0, ulong.MaxValue));
    }

    private void ScanBucket(ScannedRows seen)
    {
        var cursor = 0UL;
        while (cursor <= ulong.MaxValue >> TableGeometry.InitialLevel)
        {
            var first = cursor;
            var page = new ScanPage();
            var step = Run($"scan from {cursor >> 48:x4}", rows => (rows, null), () =>
            {
                HashScanner<SteppedMemory>.Next(Space, ref cursor, page);
                return null;
            });
            actor!.Execution.History.AddReads(step, seen.Add(page, first, cursor - 1));
        }
    }

    /// <summary>Settles every writer that is dead.</summary>
    public void Recover() => Run("recover", rows => (rows, null), () =>
    {
        Participants<SteppedMemory>.SettleDead(context);
        return null;
    });

    /// <summary>Waits until a process has been killed, as a manager is told by the kernel, and settles it.</summary>
    public void RecoverWhenSomebodyDied()
    {
        if (actor!.Execution.AwaitDeath(actor))
            Recover();
    }

    /// <summary>Takes a writer's slot.</summary>
    public void Attach()
    {
        Participants<SteppedMemory>.Attach(context, actor!.Index, 1);
        actor.Execution.NoteSlot(actor, context.Slot);
    }

    /// <summary>Gives the writer's slot back.</summary>
    public void Detach()
    {
        actor!.Execution.NoteSlot(actor, -1);
        Participants<SteppedMemory>.Detach(context);
    }

    /// <summary>Rows in bucket 0, or in the first leaf, that nobody changes.</summary>
    public void Fill(int rows)
    {
        for (; Fillers < rows; Fillers++)
            Store(keys.Fillers[Fillers], Fillers, onlyIfNew: false);
    }

    /// <summary>The same of rows that move when bucket 0 splits, all that there are.</summary>
    public void FillMoving()
    {
        foreach (var key in keys.MovingFillers)
            Store(key, Fillers++, onlyIfNew: false);
    }

    /// <summary>Takes blocks of the usual classes and frees them.</summary>
    public void Warm()
    {
        foreach (var value in Space.IsBag ? (long[])[1, 2] : [1, 1000])
        {
            Insert('x', value);
            Delete('x');
        }
    }

    private Operation Run(string name, Effect effect, Func<long?> run, bool isRead = false)
    {
        var operation = new Operation(actor is null ? name : $"{actor.Name}: {name}", effect) { IsRead = isRead };
        if (actor is null)
        {
            Prepared = effect(Prepared).Rows;
            run();
            return operation;
        }
        var history = actor.Execution.History;
        history.Begin(actor.Index, operation);
        history.Respond(actor.Index, run());
        actor.EndOperation();
        return operation;
    }

    private RowDecision Store(byte[] key, long value, bool onlyIfNew)
    {
        if (Space.IsBag)
            return BagWriter<SteppedMemory>.Insert(Writer, _bag, key, Values.Encode(value, isEntry: false), onlyIfNew) ? RowDecision.Store : RowDecision.Keep;
        var operation = new StoreOperation(Values.Encode(value, Space.HasEntries), onlyIfNew);
        return Apply(key, ref operation);
    }

    private RowDecision Apply<TOperation>(byte[] key, ref TOperation operation) where TOperation : struct, IRowOperation, allows ref struct =>
        Space.IsOrdered
            ? TreeWriter<SteppedMemory>.Apply(Writer, key, ref operation)
            : HashWriter<SteppedMemory>.Apply(Writer, keys.HashOf(key), key, ref operation);
}
