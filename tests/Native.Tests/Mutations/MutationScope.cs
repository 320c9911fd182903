namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>How much is tried.</summary>
internal sealed record MutationScope
{
    private static readonly MutationScope Sample = new() { OneOf = 16, RecoveryStride = 15, Drawn = 30, Searched = 100 };
    private static readonly MutationScope Everything = new() { OneOf = 1, RecoveryStride = 1, Drawn = 400, Searched = 1000 };

    /// <summary>A sample that is always the same, or all of it where the environment says ETSPERSIST_EXHAUSTIVE=1.</summary>
    public static MutationScope Default => Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1" ? Everything : Sample;

    /// <summary>Whether nothing is left out, so that every store must have been made.</summary>
    public bool IsExhaustive => OneOf == 1;

    /// <summary>One mutation of so many is tried.</summary>
    public int OneOf { get; private init; }

    /// <summary>Recovery is changed after every so many stores of the operation.</summary>
    public int RecoveryStride { get; private init; }

    /// <summary>How many executions of several actors are drawn of each scenario, with each mutant.</summary>
    public int Drawn { get; private init; }

    /// <summary>How many are tried one by one, with what survives those.</summary>
    public int Searched { get; private init; }

    /// <summary>Whether a mutation is in the sample, which does not change when lines above it do.</summary>
    public bool Contains(Mutation mutation) => mutation.Text.Aggregate(0U, (hash, letter) => (hash * 31) + letter) % (uint)OneOf == 0;
}
