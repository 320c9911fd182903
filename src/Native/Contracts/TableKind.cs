namespace EtsPersist.Mmf;

/// <summary>The kind of a table, chosen at creation. ETS: <c>set | ordered_set | bag | duplicate_bag</c>.</summary>
public enum TableKind : byte
{
    /// <summary>One row for each key, in no order.</summary>
    Set = 1,

    /// <summary>One row for each key, in the order of the keys.</summary>
    OrderedSet = 2,

    /// <summary>Several different rows for each key, in the order of insertion.</summary>
    Bag = 3,

    /// <summary>Several rows for each key, equal ones too, in the order of insertion.</summary>
    DuplicateBag = 4,
}
