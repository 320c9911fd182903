using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf;

/// <summary>What a worker asks for when it creates a table. ETS: the options of <c>ets:new/2</c>.</summary>
public sealed record EtsTableOptions
{
    private const long LeastMaximumBytes = 16L << 20;
    private const long MostMaximumBytes = 1L << 40;

    /// <summary>The options as they are without any change.</summary>
    public static EtsTableOptions Default { get; } = new();

    /// <summary>The kind of the table.</summary>
    /// <value>Default: <see cref="TableKind.Set"/>. An existing table of another kind is refused, not changed.</value>
    public TableKind Kind { get; init; } = TableKind.Set;

    /// <summary>Who may read and write.</summary>
    /// <value>Default: <see cref="TableAccess.Protected"/>. An existing table of another access is refused, not changed.</value>
    public TableAccess Access { get; init; } = TableAccess.Protected;

    /// <summary>How far the table may grow. Its file is sparse: the number costs address space, not memory.</summary>
    /// <value>
    /// Bytes, 16 MiB to 1 TiB. Default: 64 GiB. Ignored where the table exists already; <see cref="EtsTableStatus.Capacity"/> tells what a table has.
    /// </value>
    public long MaximumBytes { get; init; } = TableFileOptions.DefaultMaximumBytes;

    /// <summary>Bytes that travel with each transfer of the table.</summary>
    /// <value>Up to 64 KiB. Default: empty. Ignored where the table exists already.</value>
    public ReadOnlyMemory<byte> GiftData { get; init; }

    /// <summary>How the next owner is found among the workers of the creator's role that wait for the table.</summary>
    /// <value>Default: <see cref="FindMeRule.Oldest"/>. Ignored where the table exists already.</value>
    public FindMeRule FindMe { get; init; }

    /// <summary>
    /// Whether the table stays with the manager: nobody owns it, no worker is handed it, and as long as the manager's directory lives it does. Every
    /// process writes it, so its access is <see cref="TableAccess.Public"/>. <see cref="EtsWorker.CreateAsync"/> makes one and <c>EtsTable.Open</c> opens it;
    /// <c>OwnAsync</c> is refused. Kazoo: the option <c>local</c>.
    /// </summary>
    /// <value>Default: false. Ignored where the table exists already.</value>
    public bool IsLocal { get; init; }

    /// <summary>Whether the table is new and its creator gets it, before those that wait for one of its name already, or there is none.</summary>
    internal bool GoesToCreator { get; init; }

    internal CreateTableMessage ToMessage(string table, string role, bool mustBeNew) => new(table, Kind, Access, MaximumBytes, GiftData, IsLocal ? null : role)
    {
        MustBeNew = mustBeNew,
        IsLocal = IsLocal,
        Rule = FindMe,
        GoesToCreator = GoesToCreator,
    };

    /// <summary>Before anything is sent. The manager checks it again.</summary>
    internal void RequireValid()
    {
        if (!Enum.IsDefined(Kind)) throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "Kind is Set, OrderedSet, Bag or DuplicateBag.");
        if (!Enum.IsDefined(Access)) throw new ArgumentOutOfRangeException(nameof(Access), Access, "Access is Protected, Public or Private.");
        if (!Enum.IsDefined(FindMe)) throw new ArgumentOutOfRangeException(nameof(FindMe), FindMe, "FindMe is Oldest, Newest, Priority or FewestTables.");
        if (MaximumBytes is < LeastMaximumBytes or > MostMaximumBytes)
            throw new ArgumentOutOfRangeException(nameof(MaximumBytes), MaximumBytes, "MaximumBytes is 16 MiB to 1 TiB.");
        if (GiftData.Length > 64 << 10) throw new ArgumentOutOfRangeException(nameof(GiftData), GiftData.Length, "GiftData is up to 64 KiB.");
        if (IsLocal && Access != TableAccess.Public)
            throw new ArgumentException($"A local table has no owner who could write it: its Access is Public, not {Access}.", nameof(Access));
    }
}
