using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Dispatching;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Workers;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>What all tables of a manager share.</summary>
internal sealed record TableSurroundings(
    Dispatcher Dispatcher, TableStore Store, WorkerProcesses Processes, RegisteredWorkers Workers, ManagerEvents Events, HandOverPolicy Policy, TimeProvider Time)
{
    /// <summary>The rule of the program that hosts the manager, for tables that have no command; null for each table's own.</summary>
    public IFindMeRule? Rule { get; init; }

    /// <summary>What is done about owners that die on arrival, where a table's definition says nothing.</summary>
    public Func<ArrivalLimits> Arrivals { get; init; } = () => ArrivalLimits.Default;

    public ILogger Logger => Events.Logger;
}
