namespace EtsPersist.Mmf;

public abstract partial class EtsRows<TRow, TValue>
{
    /// <summary>What the table's file says of it: rows, bytes, owner, pins. Everyone may ask who has the table open, also of another's private one. ETS: <c>info/1</c>.</summary>
    /// <remarks>Blocking: none. Costs a system call for each writing process, and no more for a large table than for a small one.</remarks>
    public EtsTableStatus Info() => EtsTableStatus.Of(File);

    /// <summary>
    /// Registers that this process is going through the table, for everybody to see in <see cref="Info"/>, until the pin is disposed. Several pins of a
    /// process add up. ETS: <c>safe_fixtable/2</c>.
    /// </summary>
    /// <remarks>
    /// Traversals need no pin: they see each row that stays exactly once, whatever is inserted and deleted meanwhile, and go on from keys that are gone. So a pin,
    /// unlike in ETS, defers nothing: what is deleted is gone at once and its space is free again. It takes a writer's slot, which a process that opened
    /// the table for reading only does not have.
    /// </remarks>
    /// <exception cref="TableAccessException">The table is open for reading only.</exception>
    /// <exception cref="TooManyParticipantsException">All writers' slots are held by living processes.</exception>
    public EtsPin Pin()
    {
        File.Pin();
        return new EtsPin(File);
    }
}
