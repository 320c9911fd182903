using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>A table as its file says at one moment; the manager need not run. ETS: <c>info/1</c>.</summary>
public sealed record EtsTableStatus
{
    /// <summary>The table's name. ETS: item <c>name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The identity of the table's file. ETS: item <c>id</c>.</summary>
    public required Guid Id { get; init; }

    /// <summary>Which table of its name it is.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>The kind. ETS: item <c>type</c>.</summary>
    public required TableKind Kind { get; init; }

    /// <summary>Who may read and write. ETS: item <c>protection</c>.</summary>
    public required TableAccess Access { get; init; }

    /// <summary>How many rows there are; exact when nobody writes. ETS: item <c>size</c>.</summary>
    public required long Rows { get; init; }

    /// <summary>How many bytes rows and what leads to them take; exact when nobody writes. ETS: item <c>memory</c>, in bytes.</summary>
    public required long BytesUsed { get; init; }

    /// <summary>How many bytes rows can take before the file system is asked for more.</summary>
    public required long BytesFree { get; init; }

    /// <summary>How many bytes the table has of the file system: its high water, since it gives none back before it is dropped.</summary>
    public required long BytesReserved { get; init; }

    /// <summary>
    /// How many bytes the table may reserve: the <see cref="EtsTableOptions.MaximumBytes"/> that it was made with, or less where a limit of the system
    /// lowered it then.
    /// </summary>
    public required long Capacity { get; init; }

    /// <summary>Whether somebody owns the table, or is about to.</summary>
    public required OwnershipState State { get; init; }

    /// <summary>The ownership count: +1 at every offer, and when a giver takes its table back.</summary>
    public required uint Epoch { get; init; }

    /// <summary>The owner's process id in its own namespace, or null where there is none. ETS: item <c>owner</c>.</summary>
    public int? OwnerProcessId { get; init; }

    /// <summary>The processes that pin the table, and since when. ETS: item <c>safe_fixed</c>.</summary>
    public required IReadOnlyList<TablePin> Pins { get; init; }

    internal static EtsTableStatus Of(TableFile file)
    {
        var ownership = file.Ownership;
        var space = file.SpaceUse;
        return new EtsTableStatus
        {
            Name = file.Name,
            Id = file.Id,
            Incarnation = file.Incarnation,
            Kind = file.Kind,
            Access = file.Access,
            Rows = file.Count,
            BytesUsed = space.Used,
            BytesFree = space.Free,
            BytesReserved = space.Reserved,
            Capacity = file.Capacity,
            State = ownership.State,
            Epoch = ownership.Epoch,
            OwnerProcessId = OwnerOf(file, ownership),
            Pins = file.Pins(),
        };
    }

    private static int? OwnerOf(TableFile file, Ownership ownership)
    {
        foreach (var participant in file.Participants())
        {
            if (participant.Slot == ownership.Slot)
                return participant.ProcessId;
        }
        return null;
    }
}
