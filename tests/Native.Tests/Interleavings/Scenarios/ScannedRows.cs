using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Hashing;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What a scan has seen so far.</summary>
internal sealed class ScannedRows(Keys keys)
{
    private readonly HashSet<string> _seen = [];
    private int _fillers;
    private string? _problem;

    /// <summary>Takes a page in.</summary>
    /// <returns>A read of each key whose place lies in the page's interval, of the value that the page has or of none.</returns>
    public IEnumerable<(char Key, long? Value)> Add(ScanPage page, ulong first, ulong last)
    {
        var values = new Dictionary<char, long>();
        for (var row = 0; row < page.Count; row++)
        {
            if (!_seen.Add(Convert.ToHexString(page.Key(row))))
                _problem = $"a scan sees {Convert.ToHexString(page.Key(row))} twice";
            var letter = keys.LetterOf(page.Key(row));
            if (letter == '\0')
                _fillers++;
            else
                values[letter] = Values.Decode(page.Value(row));
        }
        foreach (var key in Keys.All)
        {
            var place = HashScanner<SteppedMemory>.Reverse(keys.HashOf(keys[key]));
            if (place >= first && place <= last)
                yield return (key, values.TryGetValue(key, out var value) ? value : null);
            else if (values.ContainsKey(key))
                _problem = $"a scan sees {key} where it does not belong";
        }
    }

    /// <summary>What is wrong with all pages together.</summary>
    public string? Problem(int fillers) => _problem ?? (_fillers == fillers ? null : $"a scan sees {_fillers} of {fillers} rows that nobody changes");
}
