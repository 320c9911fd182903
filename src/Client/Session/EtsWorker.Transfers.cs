using System.Threading.Channels;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf;

/// <content>How tables leave a worker by its own will, and how they come to it without being waited for.</content>
public sealed partial class EtsWorker
{
    private const int MostGiftBytes = 64 << 10;

    /// <summary>
    /// Gives a table of this worker to another one, which owns it when the call completes. Writes of this process that are under way end first; later
    /// ones throw <see cref="NotOwnerException"/>. ETS: <c>give_away/3</c>.
    /// </summary>
    /// <param name="name">The table's name.</param>
    /// <param name="successor">The worker, of any role: a process id, or <see cref="EtsSuccessor.Of"/> one of <see cref="ListWorkersAsync"/>. It need not wait for the table.</param>
    /// <param name="giftData">Bytes that travel with this transfer in place of the table's own, up to 64 KiB; null for the table's own.</param>
    /// <param name="cancellationToken">Stops waiting; the table may go all the same.</param>
    /// <remarks>
    /// The table that this worker has open can be read as before, unless it is private, and is to be disposed. A successor that is waiting for the table
    /// gets it as the result of its <c>OwnAsync</c>; any other learns of it by <see cref="NextTransferAsync"/> and takes it by <c>OwnAsync</c>. Blocking:
    /// none. Killed at any moment, the two leave the table with exactly one of them, or with the manager, which hands it over.
    /// </remarks>
    /// <exception cref="NotOwnerException">This worker does not own the table.</exception>
    /// <exception cref="TransferRejectedException">The successor is dead, no registered worker, this very worker, or did not take it; the table stays.</exception>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version, which cannot do it; the message names the remedy.</exception>
    /// <exception cref="ManagerNotRunningException">There is no manager; the table stays.</exception>
    public Task GiveAwayAsync(string name, EtsSuccessor successor, ReadOnlyMemory<byte>? giftData = null, CancellationToken cancellationToken = default)
    {
        RequireGift(giftData);
        var giving = _session.RequireOwned(name).GiveAwayAsync(successor, giftData);
        _session.Track(giving);
        return giving.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Lets a table of this worker go to the next one that its find-me rule names, with something from its last owner. Without a gift it is what disposing the
    /// table does, and needs no manager.
    /// </summary>
    /// <param name="name">The table's name.</param>
    /// <param name="giftData">Bytes that travel with the next transfer in place of the table's own, up to 64 KiB; null for the table's own. They survive the manager.</param>
    /// <param name="cancellationToken">Stops waiting; the table may go all the same.</param>
    /// <exception cref="NotOwnerException">This worker does not own the table.</exception>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version, which cannot do it; the message names the remedy.</exception>
    /// <exception cref="ManagerNotRunningException">
    /// There is no manager that would keep the gift, or the connection was lost before it said that it does; the table stays. A later release without a gift has the
    /// manager forget this one.
    /// </exception>
    public Task ReleaseAsync(string name, ReadOnlyMemory<byte>? giftData = null, CancellationToken cancellationToken = default)
    {
        RequireGift(giftData);
        var releasing = _session.RequireOwned(name).ReleaseAsync(giftData);
        _session.Track(releasing);
        return releasing.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Names who gets a table of this worker if its owner dies. The heir stays through give-aways and inheritances until an owner names another one;
    /// one that is dead itself when the owner dies is passed over, and the find-me rule decides. ETS: option <c>heir</c> of <c>setopts/2</c>.
    /// </summary>
    /// <param name="name">The table's name.</param>
    /// <param name="heir">The worker, of any role. It is known by more than its process id: a later process of that id inherits nothing.</param>
    /// <param name="giftData">Bytes that travel with the inheritance in place of the table's own, up to 64 KiB; null for the table's own.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the heir may be set all the same.</param>
    /// <remarks>When it completes, the heir is kept with the table's definition and survives the manager. An owner that is its own heir has none.</remarks>
    /// <exception cref="NotOwnerException">This worker does not own the table.</exception>
    /// <exception cref="TransferRejectedException">The heir is dead or no registered worker; the heir is as it was.</exception>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version, which cannot do it; the message names the remedy.</exception>
    /// <exception cref="ManagerNotRunningException">There is no manager, or the connection was lost; whether the heir is set is open.</exception>
    public Task SetHeirAsync(string name, EtsSuccessor heir, ReadOnlyMemory<byte>? giftData = null, CancellationToken cancellationToken = default)
    {
        RequireGift(giftData);
        if (heir == default) throw new ArgumentException("The heir is a process or a worker. To have none, call ClearHeirAsync.", nameof(heir));
        return SendHeirAsync(name, heir, giftData, cancellationToken);
    }

    /// <summary>Has nobody inherit a table of this worker any more. ETS: <c>{heir, none}</c> of <c>setopts/2</c>.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the heir may be gone all the same.</param>
    /// <exception cref="NotOwnerException">This worker does not own the table.</exception>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version, which cannot do it; the message names the remedy.</exception>
    /// <exception cref="ManagerNotRunningException">There is no manager, or the connection was lost; whether the heir is gone is open.</exception>
    public Task ClearHeirAsync(string name, CancellationToken cancellationToken = default) => SendHeirAsync(name, default, default, cancellationToken);

    /// <summary>
    /// Waits for the next table that comes to this worker without an <c>OwnAsync</c> that waits for it: given away to it or inherited. It is owned
    /// already; <c>OwnAsync</c> with its name completes at once. ETS: <c>receive {'ETS-TRANSFER', …}</c>.
    /// </summary>
    /// <param name="cancellationToken">Gives the wait up; nothing is lost by it.</param>
    /// <remarks>
    /// Transfers come in the order in which the tables were offered: those of one dead owner in the order of their creation. A table that cannot be
    /// accepted within a second, or not at all, does not hold up those behind it; one that the worker waits for by <c>OwnAsync</c> completes that call
    /// and has no place among these. One that an operator has had go on meanwhile is told of all the same; <c>OwnAsync</c> waits for it again.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The worker has been disposed.</exception>
    public async ValueTask<Transfer> NextTransferAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _session.Transfers.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(EtsWorker));
        }
    }

    private Task<DoneMessage> SendHeirAsync(string name, EtsSuccessor heir, ReadOnlyMemory<byte>? giftData, CancellationToken cancellationToken)
    {
        var owned = _session.RequireOwned(name);
        var request = new SetHeirMessage(owned.Table, owned.Epoch, heir.ProcessId, heir.WorkerId, giftData);
        return _session.RequestAsync<SetHeirMessage, DoneMessage>(request, cancellationToken);
    }

    private static void RequireGift(ReadOnlyMemory<byte>? giftData)
    {
        if (giftData?.Length > MostGiftBytes) throw new ArgumentOutOfRangeException(nameof(giftData), giftData.Value.Length, "Gift data is up to 64 KiB.");
    }
}
