namespace EtsPersist.Mmf;

public sealed partial class EtsQuery<TRow, TValue>
{
    /// <inheritdoc cref="EtsRows{TRow, TValue}.SelectReplace"/>
    public long SelectReplace(Func<TRow, TValue> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (_table.Kind == TableKind.Bag)
            throw new TableKindException(
                $"Table '{_table.Name}' is of kind {TableKind.Bag}, whose rows are never replaced. Select the rows, delete them and insert others.");
        _table.File.RequireWriter();
        return _table.Kind == TableKind.DuplicateBag ? ReplaceInDuplicateBag(function) : ReplaceByKey(function);
    }

    private long ReplaceByKey(Func<TRow, TValue> function)
    {
        var replaced = 0L;
        var scan = new TableScan(_table.File, _range);
        while (scan.MoveNext())
        {
            for (var index = 0; index < scan.Page.Count; index++)
            {
                if (Replace(scan.Page.Key(index), scan.Page.Value(index), function))
                    replaced++;
            }
        }
        return replaced;
    }

    /// <inheritdoc cref="EtsRows{TRow, TValue}.SelectDelete"/>
    public long SelectDelete() => Delete(static (_, _) => { });

    /// <inheritdoc cref="EtsRows{TRow, TValue}.SelectTake"/>
    public IReadOnlyList<TRow> SelectTake()
    {
        var taken = new List<TRow>();
        Delete((row, copies) =>
        {
            for (; copies > 0; copies--)
                taken.Add(row);
        });
        return taken;
    }

    private long Delete(Action<TRow, int> onDeleted)
    {
        _table.File.RequireWriter();
        var deleted = 0L;
        var scan = new TableScan(_table.File, _range);
        while (scan.MoveNext())
        {
            for (var index = 0; index < scan.Page.Count; index++)
                deleted += Delete(scan.Page.Key(index), scan.Page.Value(index), onDeleted);
        }
        return deleted;
    }

    /// <summary>Removes one row, looking at it again as often as somebody else is quicker. Of a duplicate bag all copies go with the first one.</summary>
    private int Delete(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, Action<TRow, int> onDeleted)
    {
        using var stored = new StoredBytes(stackalloc byte[StoredBytes.ScratchBytes]);
        scoped var current = value;
        while (true)
        {
            var row = _table.Codec.Decode(key, current);
            if (!_predicate(row))
                return 0;
            var deleted = _table.File.DeleteObject(key, current);
            if (deleted != 0)
            {
                onDeleted(row, deleted);
                return deleted;
            }
            if (_table.HasManyRowsPerKey || !stored.Read(_table.File, key))
                return 0;
            current = stored.Bytes;
        }
    }

    /// <summary>Replaces one row, looking at it again as often as somebody else is quicker.</summary>
    private bool Replace(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, Func<TRow, TValue> function)
    {
        using var stored = new StoredBytes(stackalloc byte[StoredBytes.ScratchBytes]);
        Span<byte> scratch = stackalloc byte[StoredBytes.ScratchBytes];
        scoped var current = value;
        while (true)
        {
            var row = _table.Codec.Decode(key, current);
            if (!_predicate(row))
                return false;
            if (_table.Exchange(key, current, function(row), scratch))
                return true;
            if (!stored.Read(_table.File, key))
                return false;
            current = stored.Bytes;
        }
    }
}
