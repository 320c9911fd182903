using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>
/// A table of records, each under the key that is one of its members: the one marked <see cref="EtsKeyAttribute"/>, or else the first. The second face of
/// the same bytes: an <see cref="EtsTable{TKey, TValue}"/> of that key and these records opens the same table.
/// </summary>
/// <inheritdoc cref="EtsRows{TRow, TValue}" path="/remarks"/>
/// <typeparam name="TRow">The type of the rows, a record, class or struct.</typeparam>
public sealed partial class EtsTable<TRow> : EtsRows<TRow, TRow>
{
    private readonly MemberRowCodec<TRow> _rows;

    /// <summary>A table that this process owns; binds its schema.</summary>
    internal EtsTable(TableFile file, Transfer transfer, Func<ValueTask> release)
        : this(file, RowKey<TRow>.CodecFor(file.IsOrdered), transfer, release)
    {
    }

    /// <summary>A table that this process reads, or writes because it is public.</summary>
    internal EtsTable(TableFile file)
        : this(file, RowKey<TRow>.CodecFor(file.IsOrdered), null, null)
    {
    }

    private EtsTable(TableFile file, MemberRowCodec<TRow> rows, Transfer? transfer, Func<ValueTask>? release)
        : base(file, rows, transfer, release) => _rows = rows;
}
