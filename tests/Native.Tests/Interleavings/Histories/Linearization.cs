using System.Numerics;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// Looks for an order of a history's operations that explains it: each takes effect as one step between its beginning and its end, and answers
/// what it answered. One that was killed may have happened at any moment since it began, or not at all.
/// </summary>
/// <remarks>After Wing and Gong: try each operation that may come next, remember what has been tried. Keys are not checked one by one, but all
/// together, so that a batch is one step as well: who sees a part of it has no such order.</remarks>
internal sealed class Linearization
{
    private readonly IReadOnlyList<Operation> _operations;
    private readonly HashSet<(ulong Done, Rows Rows)> _tried = [];
    private readonly ulong _complete;

    private Linearization(IReadOnlyList<Operation> operations)
    {
        Assert.True(operations.Count < 64, "The history is not small.");
        _operations = operations;
        for (var index = 0; index < operations.Count; index++)
            _complete |= operations[index].IsComplete ? 1UL << index : 0;
    }

    public static bool Exists(IReadOnlyList<Operation> operations, Rows before) => new Linearization(operations).Search(0, before);

    private bool Search(ulong done, Rows rows)
    {
        if ((done & _complete) == _complete)
            return true;
        if (!_tried.Add((done, rows)))
            return false;
        var firstResponse = FirstResponse(done);
        for (var left = ~done & ((1UL << _operations.Count) - 1); left != 0; left &= left - 1)
        {
            var operation = _operations[BitOperations.TrailingZeroCount(left)];
            if (operation.Invoked > firstResponse)
                continue;
            var (after, answer) = operation.Effect(rows);
            if (operation.IsComplete && answer != operation.Answer)
                continue;
            var next = done | (left & ~(left - 1));
            if (operation.IsRead)
                return Search(next, rows); // it never changes anything, so nothing is lost by letting it happen now
            if (Search(next, after))
                return true;
        }
        return false;
    }

    private int FirstResponse(ulong done)
    {
        var first = int.MaxValue;
        for (var left = ~done & ((1UL << _operations.Count) - 1); left != 0; left &= left - 1)
            first = Math.Min(first, _operations[BitOperations.TrailingZeroCount(left)].Responded);
        return first;
    }
}
