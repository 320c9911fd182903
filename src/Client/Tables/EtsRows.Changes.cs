namespace EtsPersist.Mmf;

/// <summary>Selections that change the rows that they select. Each row changes by itself: a kill in between leaves some changed and others not.</summary>
public abstract partial class EtsRows<TRow, TValue>
{
    /// <summary>
    /// Replaces each row that a predicate accepts. A row changes only if it still is as the predicate saw it; else it is looked at again. In a duplicate
    /// bag the rows of a key change at once, and stay in their order. ETS: <c>select_replace/2</c>.
    /// </summary>
    /// <param name="predicate">Which rows.</param>
    /// <param name="function">What to store under the row's key; called once more for a row that changed meanwhile.</param>
    /// <returns>How many rows were replaced.</returns>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    /// <exception cref="KeyChangedException">The new row has another key; the rows before it have been replaced.</exception>
    public long SelectReplace(Func<TRow, bool> predicate, Func<TRow, TValue> function) => Matching(predicate).SelectReplace(function);

    /// <summary>
    /// Removes each row that a predicate accepts. A row goes only as the predicate saw it; one that changed meanwhile is looked at again. ETS:
    /// <c>select_delete/2</c>, <c>match_delete/2</c>.
    /// </summary>
    /// <returns>How many rows were removed.</returns>
    public long SelectDelete(Func<TRow, bool> predicate) => Matching(predicate).SelectDelete();

    /// <summary>Removes each row that a predicate accepts, like <see cref="SelectDelete"/>, and returns what was removed. ETS has no such function.</summary>
    public IReadOnlyList<TRow> SelectTake(Func<TRow, bool> predicate) => Matching(predicate).SelectTake();
}
