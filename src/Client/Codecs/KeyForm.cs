using System.Numerics;

namespace EtsPersist.Mmf;

/// <summary>The one form that equal numbers share in keys.</summary>
internal static class KeyForm
{
    // Division by one with the most decimals takes the trailing zeros away and keeps all other digits.
    private const decimal LongestOne = 1.0000000000000000000000000000m;

    /// <summary>0.0 for -0.0, and one NaN for all.</summary>
    public static T Of<T>(T value)
        where T : IFloatingPointIeee754<T> => T.IsNaN(value) ? T.NaN : T.IsZero(value) ? T.Zero : value;

    /// <summary>The value with as few decimals as it has; zero without a sign.</summary>
    public static decimal Of(decimal value) => value == 0 ? 0m : value / LongestOne;
}
