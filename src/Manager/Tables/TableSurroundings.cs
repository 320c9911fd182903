using EtsPersist.Mmf.Manager.Dispatching;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Workers;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>What all tables of a manager share.</summary>
internal sealed record TableSurroundings(
    Dispatcher Dispatcher, TableStore Store, WorkerProcesses Processes, ManagerEvents Events, HandOverPolicy Policy, TimeProvider Time)
{
    public ILogger Logger => Events.Logger;
}
