using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Soak;

/// <summary>Writes its stream of operations; stores each one's number outside the table before it begins the next.</summary>
internal sealed class WriterRole : IRole
{
    /// <summary>The first word of a writer's order.</summary>
    public const string Word = "writer";

    private const int SabotagedEvery = 50;

    /// <summary>A machine that stands still for a while, as virtual ones do, makes a living holder look slow.</summary>
    private static readonly TimeSpan PatienceWithTheMachine = TimeSpan.FromMinutes(10);

    public string Name => Word;

    public void Run(string[] words, SharedCounters counters, Shifts shifts)
    {
        var order = WriterOrder.Parse(words);
        using var table = TableFile.Open(order.File, writable: true);
        using var slow = new SlowOperations(order.SlowOperations);
        var stream = order.Stream();
        var place = Places.Acknowledged(order.Index);
        var waitBefore = counters[Places.WaitForDead(order.Index)];
        table.WriterPatience = PatienceWithTheMachine;
        table.Attach();
        while (true)
        {
            while (!shifts.IsOn) shifts.AwaitNext();
            var operation = stream.Next();
            var began = MonotonicClock.Nanoseconds;
            Apply(table, operation, order.Sabotage);
            var ended = MonotonicClock.Nanoseconds;
            counters[place] = operation.Sequence;
            if (slow.Note(began, ended))
                counters[Places.WaitForDead(order.Index)] = Math.Max(waitBefore, (long)table.LongestWaitForDead.TotalNanoseconds);
        }
    }

    private static void Apply(TableFile table, Operation operation, Sabotage sabotage)
    {
        if (sabotage is Sabotage.Lost or Sabotage.Torn && operation.Sequence % SabotagedEvery == 0)
        {
            if (sabotage == Sabotage.Lost) return;
            if (operation is { IsBatch: false, Changes: [{ Kind: RowChangeKind.Insert } change] })
            {
                var value = operation.ValueOf(change).ToArray();
                value[^1] ^= 1;
                table.Insert(change.Key, value);
                return;
            }
        }
        operation.Apply(table);
    }
}
