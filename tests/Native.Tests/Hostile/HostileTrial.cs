using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>
/// One damaged table and what becomes of it: typed errors, rows that differ where the changed word encodes them, or a failure.
/// </summary>
internal sealed class HostileTrial(HeapStorage storage, SortedDictionary<string, string> rows, WordScope scope)
{
    private string? _error;
    private string? _failure;
    private bool _differs;

    /// <summary>Opens the table, or notes why it was refused.</summary>
    public HostileTable? Open(ILiveness liveness)
    {
        HostileTable? table = null;
        Do(() => table = new HostileTable(storage, liveness));
        return table;
    }

    /// <summary>Does something that may end in a typed error, but in no other.</summary>
    public void Do(Action step)
    {
        try
        {
            step();
        }
        catch (EtsException error)
        {
            _error ??= error.GetType().Name;
        }
        catch (Exception error) when (error is not HostileViolationException)
        {
            _failure ??= error.ToString();
        }
        catch (HostileViolationException)
        {
            // The arena has kept it, whoever may have caught it on the way.
        }
    }

    /// <summary>A row that differs must be one that the changed word encodes.</summary>
    public void Compare(string key, string expected, string? found)
    {
        if (found == expected)
            return;
        _differs = true;
        if (!scope.Keys.Contains(key))
            _failure ??= $"the row '{key}' is {found ?? "missing"}, which the word does not encode";
    }

    public void Lookup(HostileTable table, string key)
    {
        if (table.Lookup(key) is { } value)
            Gain(key, value);
    }

    /// <summary>A key that comes twice is a row and one too many: the word led to the record of another key, which may be an old one.</summary>
    public void CompareAll(List<(string Key, string Value)> scanned)
    {
        var copies = scanned.ToLookup(row => row.Key, row => row.Value, StringComparer.Ordinal);
        foreach (var (key, expected) in rows)
        {
            var found = copies[key].OrderByDescending(value => value == expected).ToList();
            Compare(key, expected, found.FirstOrDefault());
            foreach (var surplus in found.Skip(1))
                Gain(key, surplus);
        }
        foreach (var copy in copies.Where(copy => !rows.ContainsKey(copy.Key)))
            Gain(copy.Key, copy.First());
    }

    public HostileOutcome Outcome(string? violation) => new(_error, _differs, violation ?? _failure);

    private void Gain(string key, string value)
    {
        _differs = true;
        if (!scope.MayGain)
            _failure ??= $"there is a row '{key}' of {value.Length / 2} bytes too many, though the word belongs to no bucket";
    }
}
