namespace EtsPersist.Mmf;

public sealed partial class EtsQuery<TRow, TValue>
{
    /// <inheritdoc cref="EtsRows{TRow, TValue}.SelectReplace"/>
    public long SelectReplace(Func<TRow, TValue> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _table.RequireOneRowPerKey(nameof(SelectReplace), "Select the rows, delete them and insert others.");
        _table.File.RequireWriter();
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
