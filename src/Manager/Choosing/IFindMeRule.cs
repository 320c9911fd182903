namespace EtsPersist.Mmf.Manager.Choosing;

/// <summary>A user's own rule that names the next owner of a table. Kazoo: <c>find_me_function</c>.</summary>
/// <remarks>
/// Threads: called on the pool's, for several tables at once. A rule may take its time, up to its limit; it holds up the tables that it chooses for and
/// nothing else. Whatever it does wrong is reported and costs nobody a table: where it throws, does not answer in time, or names a process that is dead
/// or does not wait for the table, the worker that has waited longest is chosen in its place.
/// </remarks>
public interface IFindMeRule
{
    /// <summary>Chooses among the workers that wait for the table.</summary>
    /// <param name="request">The table, and the workers; at least one.</param>
    /// <param name="cancellationToken">The time is up, or the manager ends.</param>
    /// <returns>One of the candidates, or null to choose none of them now; it is asked again after a second.</returns>
    ValueTask<EtsSuccessor?> ChooseAsync(FindMeRequest request, CancellationToken cancellationToken);
}
