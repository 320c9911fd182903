using System.Globalization;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>How many kills, and from which seed: <c>ETSPERSIST_TEST_KILLS</c> and <c>ETSPERSIST_TEST_SEED</c>.</summary>
internal static class KillSettings
{
    private const int DefaultKills = 240;
    private const int ModesAndFormsOfRows = 6 * 2;

    /// <summary>How many writers are killed in each mode, for each form of rows.</summary>
    public static int KillsPerMode { get; } =
        ((int)(Number("ETSPERSIST_TEST_KILLS") ?? DefaultKills) + ModesAndFormsOfRows - 1) / ModesAndFormsOfRows;

    /// <summary>What the random choices begin from; printed by every test that makes any.</summary>
    public static ulong Seed { get; } = Number("ETSPERSIST_TEST_SEED") ?? (ulong)Random.Shared.NextInt64();

    private static ulong? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? ulong.Parse(value, CultureInfo.InvariantCulture) : null;
}
