namespace EtsPersist.Mmf;

/// <summary>One addition to a counter. ETS: <c>{Pos, Incr}</c> or <c>{Pos, Incr, Threshold, SetValue}</c> of <c>update_counter/3</c>.</summary>
/// <param name="Increment">What to add; may be negative or zero.</param>
/// <param name="Threshold">
/// Where the counter starts again, or null (default) for nowhere: a sum above it, or below it where <paramref name="Increment"/> is negative, gives
/// way to <paramref name="SetValue"/>. A counter that is beyond it already starts again with the next addition, even of zero.
/// </param>
/// <param name="SetValue">What a counter that has passed the threshold becomes; it is not held against the threshold itself.</param>
public readonly record struct CounterUpdate(long Increment, long? Threshold = null, long SetValue = 0)
{
    /// <summary>An addition without a threshold.</summary>
    public static implicit operator CounterUpdate(long increment) => new(increment);

    /// <summary>An addition without a threshold.</summary>
    public static CounterUpdate FromInt64(long increment) => new(increment);
}
