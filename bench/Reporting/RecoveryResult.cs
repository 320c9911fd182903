namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>Recoveries from kills of writers on a small and on a large table, taken in turn.</summary>
internal sealed record RecoveryResult
{
    /// <summary>What the writers were killed in: <c>operations</c> or <c>batches</c>.</summary>
    public required string KilledIn { get; init; }

    public required long FewRows { get; init; }

    public required long ManyRows { get; init; }

    public required int KillsOnEach { get; init; }

    public required double FewRowsMicroseconds { get; init; }

    public required double ManyRowsMicroseconds { get; init; }

    public required double FewRowsLongestMicroseconds { get; init; }

    public required double ManyRowsLongestMicroseconds { get; init; }

    /// <summary>What is tidied up afterwards, while the next owner works already: it grows with the batch that the writer was killed in.</summary>
    public required double FewRowsTidyingMicroseconds { get; init; }

    public required double ManyRowsTidyingMicroseconds { get; init; }

    /// <summary>From SIGKILL until the kernel had taken the dead writer's memory away: the kernel's part, before recovery begins.</summary>
    public required double FewRowsKernelMicroseconds { get; init; }

    public required double ManyRowsKernelMicroseconds { get; init; }

    /// <summary>The large table's median by the small one's.</summary>
    public double Ratio => ManyRowsMicroseconds / FewRowsMicroseconds;
}
