using System.Globalization;

namespace EtsPersist.Mmf.Soak;

/// <summary>
/// How long operations of writers that survived took at most: those during which somebody was killed, and, to tell the kill's part from the
/// machine's, those during which nobody was.
/// </summary>
internal sealed class OperationTimes
{
    private readonly List<(long From, long To)> _kills = [];
    private readonly List<(long From, long To)> _operations = [];

    /// <summary>The longest operation that a kill fell into, in milliseconds.</summary>
    public double LongestBesideKill { get; private set; }

    /// <summary>The longest of the others, in milliseconds.</summary>
    public double LongestOfOthers { get; private set; }

    /// <summary>Somebody was killed: from the first signal to the last one's end.</summary>
    public void AddKill(long from, long to) => _kills.Add((from, to));

    /// <summary>Takes in the slow operations that a dead writer has noted, and removes its file.</summary>
    public void Read(string path)
    {
        using (var lines = new LineTail(path))
        {
            foreach (var line in lines.ReadNew())
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                _operations.Add((Number(line.AsSpan(0, space)), Number(line.AsSpan(space + 1))));
            }
        }
        File.Delete(path);
    }

    /// <summary>No writer runs: all that fell into these times is known.</summary>
    public void Settle()
    {
        foreach (var (from, to) in _operations)
        {
            var milliseconds = (to - from) / 1e6;
            if (_kills.Exists(kill => kill.From <= to && kill.To >= from)) LongestBesideKill = Math.Max(LongestBesideKill, milliseconds);
            else LongestOfOthers = Math.Max(LongestOfOthers, milliseconds);
        }
        _operations.Clear();
        _kills.Clear();
    }

    private static long Number(ReadOnlySpan<char> digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
