using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>
/// Changes of single members of rows, several of which go into one operation. A member is chosen by a lambda, such as <c>(Account row) => row.Balance</c>;
/// <c>value => value</c> means the whole value.
/// </summary>
/// <remarks>Threads: what is made is immutable and may be kept, which saves reading the lambda again.</remarks>
public static class EtsElement
{
    /// <summary>Sets a member. ETS: <c>{Pos, Value}</c> of <c>update_element/3</c>.</summary>
    /// <exception cref="ArgumentException">The lambda is no stored member of the row.</exception>
    public static ElementUpdate<TRow> Set<TRow, TElement>(Expression<Func<TRow, TElement>> member, TElement value) =>
        new ElementAssignment<TRow, TElement>(ElementPlaces<TRow, TElement>.Find(member), value);

    /// <summary>Adds to a member that is an integer. ETS: <c>{Pos, Incr}</c> or <c>{Pos, Incr, Threshold, SetValue}</c> of <c>update_counter/3</c>.</summary>
    /// <exception cref="ArgumentException">The lambda is no stored member of the row.</exception>
    /// <exception cref="CounterException">The member is no integer.</exception>
    public static ElementCounter<TRow> Add<TRow, TCounter>(Expression<Func<TRow, TCounter>> member, CounterUpdate update) =>
        new ElementAddition<TRow, TCounter>(ElementPlaces<TRow, TCounter>.Find(member), update);
}
