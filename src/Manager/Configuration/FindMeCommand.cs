namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>A program that names the next owner.</summary>
/// <param name="Arguments">The program and its arguments; no shell reads them.</param>
/// <param name="TimeLimit">How long it may take.</param>
internal sealed record FindMeCommand(IReadOnlyList<string> Arguments, TimeSpan TimeLimit)
{
    public static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MostTimeLimit = TimeSpan.FromMinutes(1);

    public bool Equals(FindMeCommand? other) => other is not null && TimeLimit == other.TimeLimit && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => HashCode.Combine(TimeLimit, Arguments.Count);
}
