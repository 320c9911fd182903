using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf;

/// <summary>Replacing rows of a duplicate bag: equal ones are told apart by their places alone, so all rows of a key are replaced together.</summary>
public sealed partial class EtsQuery<TRow, TValue>
{
    private long ReplaceInDuplicateBag(Func<TRow, TValue> function)
    {
        var replaced = 0L;
        var rows = new ScanPage();
        var scan = new TableScan(_table.File, _range);
        while (scan.MoveNext())
        {
            for (var index = 0; index < scan.Page.Count; index++)
            {
                if (index == 0 || !scan.Page.Key(index).SequenceEqual(scan.Page.Key(index - 1)))
                    replaced += ReplaceRowsOf(scan.Page.Key(index), rows, function);
            }
        }
        return replaced;
    }

    /// <summary>Replaces rows of one key, looking at them again as often as somebody else is quicker.</summary>
    private int ReplaceRowsOf(ReadOnlySpan<byte> key, ScanPage rows, Func<TRow, TValue> function)
    {
        while (true)
        {
            _table.File.Lookup(key, rows);
            var values = new byte[rows.Count][];
            var chosen = 0;
            for (var index = 0; index < rows.Count; index++)
            {
                var row = _table.Codec.Decode(key, rows.Value(index));
                if (!_predicate(row))
                    continue;
                values[index] = Encode(key, function(row));
                chosen++;
            }
            if (chosen == 0 || _table.File.TryReplace(key, rows, values))
                return chosen;
        }
    }

    private byte[] Encode(ReadOnlySpan<byte> key, TValue value)
    {
        _table.Codec.RequireKey(value, key);
        using var encoded = EncodedBytes.Of(_table.Codec.Values, value, stackalloc byte[StoredBytes.ScratchBytes]);
        return encoded.Bytes.ToArray();
    }
}
