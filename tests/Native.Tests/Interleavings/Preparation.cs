using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The table as all executions of a scenario find it, and what is asked of it when they are over.</summary>
internal sealed class Preparation
{
    private readonly TableSpace _space;
    private readonly Keys _keys;

    private Preparation(TableSpace space, Keys keys)
    {
        _space = space;
        _keys = keys;
    }

    /// <summary>The slot of each actor, or -1.</summary>
    public required IReadOnlyList<int> Slots { get; init; }

    public required Rows Rows { get; init; }

    public required int Fillers { get; init; }

    public static Preparation Of(Scenario scenario, TableSpace space, Keys keys)
    {
        var kernel = new SimulatedKernel();
        var contexts = scenario.Scripts.Select(_ => NewContext(space, kernel.NewProcess(), -1)).ToArray();
        for (var index = 0; index < contexts.Length; index++)
        {
            if (!scenario.Scripts[index].HasSlot)
                continue;
            Participants<SteppedMemory>.Attach(contexts[index], index, 1);
            if (!scenario.IsCold)
                new ActorTable(null, contexts[index], keys).Warm();
        }
        var preparer = contexts.FirstOrDefault(context => context.Slot >= 0) ?? contexts[0];
        var isNewcomer = preparer.Slot < 0;
        if (isNewcomer)
            Participants<SteppedMemory>.Attach(preparer, 0, 1);
        var first = new ActorTable(null, preparer, keys);
        scenario.Prepare(first);
        if (isNewcomer)
            Participants<SteppedMemory>.Detach(preparer);
        return new Preparation(space, keys) { Slots = [.. contexts.Select(context => context.Slot)], Rows = first.Prepared, Fillers = first.Fillers };
    }

    public TableContext NewContext(ILiveness process, int slot) => NewContext(_space, process, slot);

    /// <summary>Settles who was killed, as another process would, and looks at every byte and every row.</summary>
    public Outcome Settle(Execution execution)
    {
        try
        {
            return SettleAndLook(execution);
        }
        catch (EtsException error)
        {
            return new Outcome(Rows.Empty, $"afterwards: {error}");
        }
    }

    private Outcome SettleAndLook(Execution execution)
    {
        var recoverer = NewContext(_space, execution.Kernel.NewProcess(), -1);
        Participants<SteppedMemory>.SettleDead(recoverer);
        var report = TableWalk.Run(_space);
        var rows = Contents(out var problem);
        for (var slot = 0; slot < Slots.Count && problem is null; slot++)
        {
            if (Participants<SteppedMemory>.IsTaken(recoverer, slot) && !recoverer.Liveness.IsHeld(slot))
                problem = $"slot {slot} of a dead process is still taken";
        }
        return new Outcome(rows, report.IsSound ? problem : report.ToString());
    }

    private static TableContext NewContext(TableSpace space, ILiveness process, int slot) =>
        new(space, process, "interleaved") { Slot = slot, WriterPatience = TimeSpan.MaxValue };

    private Rows Contents(out string? problem)
    {
        if (_space.IsBag)
        {
            var objects = Objects.All(_space, _keys, out var fillers);
            problem = fillers == Fillers ? null : $"a scan sees {fillers} of {Fillers} rows that nobody changes";
            return objects;
        }
        var rows = Rows.Empty;
        var seen = new ScannedRows(_keys);
        var page = new ScanPage();
        var cursor = 0UL;
        bool more;
        do
        {
            var first = cursor;
            more = _space.IsOrdered
                ? TreeScanner<SteppedMemory>.Next(_space, ref cursor, page)
                : HashScanner<SteppedMemory>.Next(_space, ref cursor, page);
            foreach (var (key, value) in seen.Add(page, first, cursor - 1))
                rows = rows.With(key, value);
        }
        while (more);
        problem = seen.Problem(Fillers);
        return rows;
    }
}
