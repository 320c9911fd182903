using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>Reads rows and says what is wrong with them: torn, gone, seen twice, or older than one seen before.</summary>
internal sealed class ReadCheck(TableFile table, RowKeys keys)
{
    private readonly byte[] _value = new byte[Stamp.Most];
    private readonly ScanPage _page = new();
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<(string Key, uint Writer), long> _latest = [];

    /// <summary>Reads one row by its key.</summary>
    public string? ReadOne(Randomness random)
    {
        var isStable = random.Below(2) == 0;
        var key = isStable ? keys.Stable[random.Below(keys.Stable.Length)] : keys.Changing[random.Below(keys.Changing.Length)];
        var status = table.Read(key, _value, out var length);
        return status switch
        {
            ReadStatus.Found => Check(key, _value.AsSpan(0, length)),
            ReadStatus.Missing => isStable ? $"{RowKeys.Describe(key)} is gone" : null,
            _ => $"{RowKeys.Describe(key)} claims {length} bytes",
        };
    }

    /// <summary>Goes through the whole table: no row is seen twice, and every row of the domain that is always there is seen.</summary>
    public string? ReadAll()
    {
        _seen.Clear();
        var cursor = 0UL;
        bool more;
        do
        {
            more = table.Scan(ref cursor, _page);
            for (var row = 0; row < _page.Count; row++)
            {
                var key = _page.Key(row);
                if (!RowKeys.IsCounter(key) && Check(key, _page.Value(row)) is { } wrong)
                    return "scan: " + wrong;
                if (!_seen.Add(RowKeys.Text(key)))
                    return $"scan: {RowKeys.Describe(key)} was seen twice";
            }
        }
        while (more);
        var missed = Array.Find(keys.Stable, key => !_seen.Contains(RowKeys.Text(key)));
        return missed is null ? null : $"scan: {RowKeys.Describe(missed)} was not seen";
    }

    /// <summary>What one writer wrote into one row may only be replaced by what it wrote later.</summary>
    private string? Check(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!Stamp.TryRead(value, out var writer, out var sequence))
            return $"{RowKeys.Describe(key)} is torn: {Convert.ToHexString(value[..Math.Min(value.Length, 64)])} ({value.Length} bytes)";
        if (!RowKeys.IsStable(key))
            return null;
        var place = (RowKeys.Text(key), (ushort)writer);
        if (_latest.TryGetValue(place, out var latest) && sequence < latest)
            return $"{RowKeys.Describe(key)} went back from operation {latest} of writer {writer} to {sequence}";
        _latest[place] = sequence;
        return null;
    }
}
