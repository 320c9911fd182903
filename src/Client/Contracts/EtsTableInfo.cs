using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>A table as its manager knows it at one moment. ETS: <c>info/1</c>.</summary>
public sealed record EtsTableInfo
{
    /// <summary>The table's name. ETS: item <c>name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The kind. ETS: item <c>type</c>.</summary>
    public TableKind Kind { get; init; }

    /// <summary>Who may read and write. ETS: item <c>protection</c>.</summary>
    public TableAccess Access { get; init; }

    /// <summary>Whether somebody owns the table, or is about to.</summary>
    public OwnershipState State { get; init; }

    /// <summary>The ownership count: +1 at every offer, and when a giver takes its table back.</summary>
    public uint Epoch { get; init; }

    /// <summary>The owner, or null. ETS: item <c>owner</c>.</summary>
    public EtsOwner? Owner { get; init; }

    /// <summary>Who gets the table if its owner dies, or null. It may be dead by now. ETS: item <c>heir</c>.</summary>
    public EtsHeir? Heir { get; init; }

    /// <summary>The role whose workers may own it, or null for any.</summary>
    public string? Role { get; init; }

    /// <summary>Whether the table stays with the manager.</summary>
    public bool IsLocal { get; init; }

    /// <summary>How many workers wait for it.</summary>
    public int Waiting { get; init; }

    /// <summary>How many rows it has; exact when nobody writes. ETS: item <c>size</c>.</summary>
    public long Rows { get; init; }

    /// <summary>How many bytes of the file system it has reserved. ETS: item <c>memory</c>, in bytes.</summary>
    public long BytesReserved { get; init; }

    /// <summary>For how long yet it is not handed over because its owners kept dying on arrival; zero if it is. It can be read meanwhile.</summary>
    public TimeSpan Quarantine { get; init; }

    /// <summary>How many workers are not offered it for a time because they let too many offers of it pass.</summary>
    public int QuarantinedWorkers { get; init; }

    /// <summary>Why the table cannot be handed over at all, or null.</summary>
    public string? Problem { get; init; }
}
