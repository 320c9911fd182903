using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace EtsPersist.Mmf.Client.Tests.Properties;

/// <summary>
/// How many random programs are tried, and which. A failure prints the seed as two numbers; <c>ETSPERSIST_PROPERTY_SEED=first,second</c> begins with that
/// program again. <c>ETSPERSIST_EXHAUSTIVE=1</c> tries many more, and longer ones.
/// </summary>
internal static class PropertySettings
{
    private static readonly bool IsExhaustive = Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1";

    /// <summary>The longest program.</summary>
    public static int MostSteps => IsExhaustive ? 1000 : 150;

    /// <summary>How FsCheck runs: it throws with the shrunk program and the seed.</summary>
    public static Config Config => FsCheck.Config.QuickThrowOnFailure
        .WithQuietOnSuccess(true)
        .WithMaxTest(IsExhaustive ? 5000 : 40)
        .WithReplay(Seed is { } seed ? FSharpOption<Replay>.Some(new Replay(seed, FSharpOption<int>.None)) : FSharpOption<Replay>.None);

    private static Rnd? Seed
    {
        get
        {
            if (Environment.GetEnvironmentVariable("ETSPERSIST_PROPERTY_SEED")?.Split(',') is not [var first, var second]) return null;
            return new Rnd(ulong.Parse(first, CultureInfo.InvariantCulture), ulong.Parse(second, CultureInfo.InvariantCulture));
        }
    }
}
