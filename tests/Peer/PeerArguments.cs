using System.Globalization;

namespace EtsPersist.Mmf.Peer;

/// <summary>The options of a command: pairs of <c>--name value</c>.</summary>
internal sealed class PeerArguments
{
    private readonly Dictionary<string, string> _values = [];

    public PeerArguments(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length % 2 != 0)
            throw new ArgumentException($"'{arguments[^1]}' has no value.");
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || !_values.TryAdd(arguments[i][2..], arguments[i + 1]))
                throw new ArgumentException($"'{arguments[i]}' is no option, or is given twice.");
        }
    }

    public string Text(string name) =>
        _values.TryGetValue(name, out var value) ? value : throw new ArgumentException($"Option --{name} is missing.");

    public int Number(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

    public int Number(string name, int otherwise) => _values.ContainsKey(name) ? Number(name) : otherwise;

    public long LongNumber(string name, long otherwise) =>
        _values.TryGetValue(name, out var value) ? long.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
