using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EtsPersist.Mmf.Harness.Proof;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>
/// Counts what became of damaged tables. The sums go as a line of JSON to the file that <c>ETSPERSIST_REPORT</c> names, if it names one.
/// </summary>
/// <remarks>Threads: several may add.</remarks>
internal sealed class HostileReport(string part)
{
    private const int MostFailures = 40;

    private readonly Lock _gate = new();
    private readonly long _since = Stopwatch.GetTimestamp();
    private readonly SortedDictionary<string, int> _errors = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];
    private int _failureCount;

    /// <summary>How far a run goes: <c>ETSPERSIST_EXHAUSTIVE=1</c> leaves nothing out.</summary>
    public static bool IsExhaustive => Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1";

    /// <summary>How many take part in one scenario.</summary>
    public static int Workers => IsExhaustive ? Environment.ProcessorCount : 1;

    /// <summary>One damage of so many is tried: what <c>ETSPERSIST_HOSTILE_STRIDE</c> says, or else one of two numbers.</summary>
    public static int Stride(int usual, int exhaustive) =>
        Environment.GetEnvironmentVariable("ETSPERSIST_HOSTILE_STRIDE") is { Length: > 0 } stride ? int.Parse(stride, CultureInfo.InvariantCulture)
        : IsExhaustive ? exhaustive : usual;

    /// <summary>How many states of tables were damaged.</summary>
    public int Images { get; private set; }

    public int Mutations { get; private set; }

    public int Typed { get; private set; }

    public int Same { get; private set; }

    public int Differing { get; private set; }

    public void AddImage()
    {
        lock (_gate) Images++;
    }

    public void Add(HostileOutcome outcome, string where)
    {
        lock (_gate)
        {
            Mutations++;
            if (outcome.Failure is { } failure)
                Fail($"{where}: {failure}");
            else if (outcome.Differs)
                Differing++;
            else if (outcome.Error is null)
                Same++;
            else
                Typed++;
            if (outcome.Error is { } error)
                _errors[error] = _errors.GetValueOrDefault(error) + 1;
        }
    }

    /// <summary>Adds what another process has counted.</summary>
    public void Add(int mutations, int typed, int same, int differing)
    {
        lock (_gate)
        {
            Mutations += mutations;
            Typed += typed;
            Same += same;
            Differing += differing;
        }
    }

    public void Fail(string failure)
    {
        lock (_gate)
        {
            if (_failureCount++ < MostFailures)
                _failures.Add(failure);
        }
    }

    /// <summary>Writes the report and requires that there is no failure.</summary>
    public string Finish()
    {
        var seconds = Math.Round(Stopwatch.GetElapsedTime(_since).TotalSeconds, 2);
        ProofReport.Append(JsonSerializer.Serialize(
            new { part = "hostile", what = part, images = Images, mutations = Mutations, typed = Typed, same = Same, differing = Differing, failures = _failureCount, seconds }));
        Assert.True(_failureCount == 0, $"{_failureCount} of {Mutations} failed:\n{string.Join("\n", _failures)}");
        var errors = string.Join(", ", _errors.Select(error => $"{error.Key} {error.Value.ToString(CultureInfo.InvariantCulture)}"));
        return $"{Images} images, {Mutations} mutations: typed {Typed}, same {Same}, differing {Differing}, in {seconds} s. {errors}";
    }
}
