using WordCount;

namespace EtsPersist.Mmf.Chaos;

/// <summary>The row in which the sample stores its position.</summary>
internal static class CountingPosition
{
    /// <summary>Its key.</summary>
    public const string Key = CountingLoop.PositionKey;

}
