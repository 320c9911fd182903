namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>What is left after kills, after recovery, and after work that follows.</summary>
/// <param name="Unchanged">When the unchanged engine has made as many stores.</param>
/// <param name="WasKilled">Whether it came to the last kill.</param>
/// <param name="Killed">The file after the kills.</param>
/// <param name="Recovered">The file after recovery.</param>
/// <param name="Worked">The file after further work.</param>
/// <param name="Missed">The words that dropped stores would have changed.</param>
internal sealed record Aftermath(Moment Unchanged, bool WasKilled, FileImage Killed, FileImage Recovered, FileImage Worked, IReadOnlySet<long> Missed)
{
    /// <summary>Why nobody can tell this from what the unchanged engine leaves at a moment; null if somebody can.</summary>
    public Explanation? Compare(Aftermath unchanged)
    {
        var different = Killed.Differences(unchanged.Killed);
        different.UnionWith(Missed);
        var isSame = Recovered.Differences(unchanged.Recovered).IsSubsetOf(different) && Worked.Differences(unchanged.Worked).IsSubsetOf(different);
        if (!isSame)
            return null;
        return different.Count == 0 ? Explanation.Idempotent
            : different.All(DiagnosticWords.Contains) ? Explanation.Diagnostic
            : Explanation.Unpublished;
    }
}
