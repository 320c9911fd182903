using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

/// <summary>What the other members do on tables of the kinds <see cref="TableKind.Bag"/> and <see cref="TableKind.DuplicateBag"/>.</summary>
public sealed unsafe partial class TableFile
{
    private readonly BagPlan<ProcessMemory>?[] _bagPlans = new BagPlan<ProcessMemory>?[TableGeometry.JournalsPerSlot];

    private void LookupBag(ReadOnlySpan<byte> key, ScanPage page)
    {
        page.Clear(hasBagRows: true);
        if (!EnterRead())
            return;
        BagReader<ProcessMemory>.Lookup(_space, new BagKey(_space, key, stackalloc byte[BagKey.ShortBuffer]), page);
        GC.KeepAlive(this);
    }

    private bool ContainsBag(ReadOnlySpan<byte> key) => ContainsOrdered(new BagKey(_space, key, stackalloc byte[BagKey.ShortBuffer]).Head);

    private bool InsertBag(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool onlyIfNew)
    {
        var writer = EnterBag(out var place, out var plan);
        try
        {
            return BagWriter<ProcessMemory>.Insert(writer, plan, key, value, onlyIfNew);
        }
        finally
        {
            ExitBag(place, plan);
        }
    }

    private int DeleteBagObject(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var writer = EnterBag(out var place, out var plan);
        try
        {
            return BagWriter<ProcessMemory>.DeleteObject(writer, plan, key, value);
        }
        finally
        {
            ExitBag(place, plan);
        }
    }

    private int TakeBag(ReadOnlySpan<byte> key, ScanPage? page)
    {
        var writer = EnterBag(out var place, out var plan);
        try
        {
            return BagWriter<ProcessMemory>.Take(writer, plan, key, page);
        }
        finally
        {
            ExitBag(place, plan);
        }
    }

    private bool TryReplaceInBag(ReadOnlySpan<byte> key, ScanPage rows, IReadOnlyList<byte[]?> values)
    {
        var writer = EnterBag(out var place, out var plan);
        try
        {
            return BagWriter<ProcessMemory>.TryReplace(writer, plan, key, rows, values);
        }
        finally
        {
            ExitBag(place, plan);
        }
    }

    private bool CommitBag(BatchPlan operations, bool onlyIfAllNew)
    {
        var writer = EnterBag(out var place, out var plan);
        try
        {
            return BagWriter<ProcessMemory>.Commit(writer, plan, operations, onlyIfAllNew);
        }
        finally
        {
            ExitBag(place, plan);
        }
    }

    /// <summary>Takes a journal, and the plan that goes with it: whoever has the one has the other.</summary>
    private Writer EnterBag(out int place, out BagPlan<ProcessMemory> plan)
    {
        var writer = EnterWrite(out place);
        try
        {
            if (!_space.Format.IsDecided)
                Decide(writer, VariableFormat);
            plan = _bagPlans[place] ??= new BagPlan<ProcessMemory>(_space);
            return writer;
        }
        catch
        {
            ExitWrite(place);
            throw;
        }
    }

    private void ExitBag(int place, BagPlan<ProcessMemory> plan)
    {
        if (plan.IsLarge)
            _bagPlans[place] = null;
        ExitWrite(place);
    }

    private void RequireOneRowPerKey(string instead)
    {
        if (_isBag)
            throw new TableKindException($"Table '{Name}' is of kind {Kind}, where a key may have several rows. {instead}");
    }
}
