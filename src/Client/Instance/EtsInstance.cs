namespace EtsPersist.Mmf;

/// <summary>The tables of an instance as its directory shows them. The manager need not run, and nothing is stored.</summary>
public static class EtsInstance
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The names of all tables, in their order. ETS: <c>all/0</c>.</summary>
    /// <param name="options">Which instance; null for <see cref="EtsOpenOptions.Default"/>.</param>
    /// <remarks>Threads: any. Blocking: the file system. One that is created or dropped meanwhile may be there or not.</remarks>
    /// <exception cref="InvalidNameException">The instance's name is none.</exception>
    /// <exception cref="InstanceDirectoryException">The directory belongs to another user, or others may reach into it.</exception>
    public static IReadOnlyList<string> ListTables(EtsOpenOptions? options = null)
    {
        var directory = DirectoryOf(options);
        directory.RequireTrusted();
        return
        [
            .. directory.AllTables().Select(table => table.Name).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>Looks up what a name means now. ETS: <c>whereis/1</c>.</summary>
    /// <param name="name">The table's name; case does not count.</param>
    /// <param name="id">The table, which a later one of the same name is not.</param>
    /// <param name="options">Which instance; null for <see cref="EtsOpenOptions.Default"/>.</param>
    /// <returns>False if there is no such table.</returns>
    /// <remarks>Threads: any. Blocking: the file system. It asks for no right to read: private tables are found, too.</remarks>
    /// <exception cref="InvalidNameException">It is no name.</exception>
    /// <exception cref="InstanceDirectoryException">The directory belongs to another user, or others may reach into it.</exception>
    /// <exception cref="CorruptTableException">There is one, and its file is damaged.</exception>
    public static bool TryFind(string name, out EtsTableId id, EtsOpenOptions? options = null)
    {
        try
        {
            using var file = DirectoryOf(options).OpenTable(name, writable: false);
            id = new EtsTableId(file.Id, file.Incarnation);
            return true;
        }
        catch (TableNotFoundException)
        {
            id = default;
            return false;
        }
    }

    /// <summary>Waits until a table has a living owner: through a hand-over, or until it is created and taken.</summary>
    /// <param name="name">The table's name; case does not count.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="options">Which instance; null for <see cref="EtsOpenOptions.Default"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <remarks>
    /// For callers that are about to ask the owner for something. To read needs no waiting: a table can be read through any hand-over. The table's word
    /// is looked at every few milliseconds; nothing is stored and the manager is not asked.
    /// </remarks>
    /// <exception cref="TableNotReadyException">It had none all that time.</exception>
    /// <exception cref="InvalidNameException">It is no name.</exception>
    public static async Task WaitForOwnerAsync(string name, TimeSpan patience, EtsOpenOptions? options = null, CancellationToken cancellationToken = default)
    {
        var directory = DirectoryOf(options);
        var since = TimeProvider.System.GetTimestamp();
        for (var pause = FirstPause; !HasOwner(directory, name); pause = pause < LongestPause / 2 ? pause * 2 : LongestPause)
        {
            if (TimeProvider.System.GetElapsedTime(since) >= patience)
            {
                throw new TableNotReadyException(
                    $"Table '{name}' had no living owner for {patience.TotalMilliseconds:F0} ms. Start a worker of its role, or look at what the manager says of it.");
            }
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool HasOwner(InstanceDirectory directory, string name)
    {
        try
        {
            using var file = directory.OpenTable(name, writable: false);
            return file.IsOwnerAlive;
        }
        catch (Exception error) when (error is TableNotFoundException or TableDroppedException)
        {
            return false;
        }
    }

    private static InstanceDirectory DirectoryOf(EtsOpenOptions? options)
    {
        var chosen = options ?? EtsOpenOptions.Default;
        return new InstanceDirectory(chosen.Instance, chosen.Directory, chosen.Group);
    }
}
