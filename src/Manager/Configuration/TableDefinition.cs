using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>The four things that define a table: id, options, the rule that finds its owner, and the gift data of its transfers.</summary>
internal sealed record TableDefinition
{
    /// <summary>The longest gift data, in bytes: it travels in one frame with each offer.</summary>
    public const int MaximumGiftBytes = 64 << 10;

    public const long LeastMaximumBytes = 16L << 20;
    public const long MostMaximumBytes = 1L << 40;

    public required string Id { get; init; }

    public TableFileOptions Options { get; init; } = new();

    /// <summary>Null: any worker that asks may own the table.</summary>
    public FindMe? FindMe { get; init; }

    public ReadOnlyMemory<byte> GiftData { get; init; }

    /// <summary>Whether the table stays with the manager: nobody owns it.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether the table is made again when somebody drops it.</summary>
    public bool IsRecreated { get; init; }

    /// <summary>What is done about owners that die on arrival; null for what the manager does about them elsewhere.</summary>
    public ArrivalLimits? Arrivals { get; init; }

    /// <summary>Whether the table is for the worker that had it made, and goes if that one does not accept it. Means nothing once it has had an owner.</summary>
    public bool GoesToCreator { get; init; }

    /// <summary>What has become of the table since; a configuration says nothing of it.</summary>
    public TableStanding Standing { get; init; } = TableStanding.None;

    /// <summary>Whether a worker of the role may own the table by asking for it.</summary>
    public bool Admits(string role) => !IsLocal && (FindMe is null || string.Equals(FindMe.Role, role, StringComparison.OrdinalIgnoreCase));
}
