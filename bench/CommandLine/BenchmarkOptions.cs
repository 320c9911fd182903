using EtsPersist.Mmf.Bench.Bags;
using EtsPersist.Mmf.Bench.Growth;
using EtsPersist.Mmf.Bench.Operations;
using EtsPersist.Mmf.Bench.Ranges;
using EtsPersist.Mmf.Bench.Recovery;

namespace EtsPersist.Mmf.Bench.CommandLine;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        bench [--quick] [--only NAME[,NAME…]] [--json FILE]
          --quick       tables of 100 thousand rows, fewer rounds, growth and recovery to 1 million rows
          --only NAME   one scenario or a group of them:
        """;

    /// <summary>The scenarios by group.</summary>
    public static readonly IReadOnlyList<(string Group, string[] Names)> Offered =
    [
        ("operations", [.. OperationScenarios.OperationNamesOffered]),
        ("batches", [.. OperationScenarios.BatchNamesOffered]),
        ("readers", [.. ReaderScenario.ThreadCounts.Select(ReaderScenario.NameOf)]),
        (RangeScenario.Name, []),
        (BagScenario.Name, []),
        (GrowthScenario.Name, []),
        (RecoveryScenario.Name, []),
    ];

    public bool IsQuick { get; init; }

    public IReadOnlySet<string> Only { get; init; } = new HashSet<string>();

    public string? JsonPath { get; init; }

    /// <summary>The sizes of the tables that operations run on.</summary>
    public int[] Sizes => IsQuick ? [100_000] : [100_000, 1_000_000];

    /// <summary>A sample takes at least this many operations where they can be repeated: some ten milliseconds.</summary>
    public int FewestOperationsPerSample => IsQuick ? 300_000 : 1_000_000;

    public long LargestTable => IsQuick ? 1_000_000 : 10_000_000;

    /// <summary>How many rounds count. Odd, so that a median is a round.</summary>
    public int RoundsFor(int rows) => IsQuick ? 5 : rows < 1_000_000 ? 15 : 7;

    /// <summary>Whether a scenario is asked for by its own name, by that of its group, or by nothing in particular.</summary>
    public bool Wants(string name) =>
        Only.Count == 0 || Only.Contains(name) || Offered.Any(group => Only.Contains(group.Group) && group.Names.Contains(name));

    /// <summary>Whether any scenario of a group is asked for.</summary>
    public bool WantsAnyOf(string group) => Wants(group) || Offered.Any(offered => offered.Group == group && offered.Names.Any(Wants));

    /// <exception cref="ArgumentException">An option is unknown or incomplete; the message says which.</exception>
    public static BenchmarkOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BenchmarkOptions();
        for (var index = 0; index < arguments.Length; index++)
        {
            var name = arguments[index];
            options = name switch
            {
                "--quick" => options with { IsQuick = true },
                "--only" => options with { Only = Scenarios(ValueOf(arguments, ref index)) },
                "--json" => options with { JsonPath = ValueOf(arguments, ref index) },
                _ => throw new ArgumentException($"Unknown option '{name}'."),
            };
        }
        return options;
    }

    private static string ValueOf(ReadOnlySpan<string> arguments, ref int index) =>
        index + 1 < arguments.Length ? arguments[++index] : throw new ArgumentException($"Option '{arguments[index]}' needs a value.");

    private static HashSet<string> Scenarios(string list)
    {
        var names = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        var unknown = names.Where(name => !Offered.Any(group => group.Group == name || group.Names.Contains(name))).ToArray();
        return names.Count > 0 && unknown.Length == 0
            ? names
            : throw new ArgumentException($"Unknown scenario '{string.Join("', '", unknown)}'.");
    }
}
