namespace EtsPersist.Mmf.Soak;

/// <summary>What a process of the reserve does from the moment it is told to, until it is killed.</summary>
internal interface IRole
{
    /// <summary>The first word of the order.</summary>
    string Name { get; }

    /// <summary>Does it.</summary>
    /// <param name="order">The words behind the first.</param>
    /// <param name="counters">The numbers beside the tables.</param>
    /// <param name="shifts">When to work.</param>
    void Run(string[] order, SharedCounters counters, Shifts shifts);
}
