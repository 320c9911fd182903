using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Choosing;

/// <summary>One question to a user's rule, asked beside the table's queue and answered when its time is up at the latest.</summary>
internal sealed class RuleRun
{
    private readonly IReadOnlyList<Claim> _candidates;
    private readonly Task<EtsSuccessor?> _answer;
    private readonly TimeSpan _limit;

    private RuleRun(IReadOnlyList<Claim> candidates, Task<EtsSuccessor?> answer, TimeSpan limit)
    {
        _candidates = candidates;
        _answer = answer;
        _limit = limit;
    }

    public bool IsAnswered => _answer.IsCompleted;

    /// <summary>Asks; <paramref name="onAnswer"/> is called once, on the pool.</summary>
    public static RuleRun Start(IFindMeRule rule, TimeSpan limit, FindMeRequest request, IReadOnlyList<Claim> candidates, Action onAnswer)
    {
        var timeIsUp = new CancellationTokenSource();
        // A rule that blocks its thread, or does not look at the token, is left behind.
        var choosing = Task.Run(() => rule.ChooseAsync(request, timeIsUp.Token).AsTask(), CancellationToken.None);
        var answer = choosing.WaitAsync(limit);
        answer.ContinueWith(
            _ =>
            {
                onAnswer();
                End(choosing, timeIsUp);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        return new RuleRun(candidates, answer, limit);
    }

    /// <summary>Has a rule stop whose time is up. What it does about that may throw, which would end the process on a timer's thread.</summary>
    private static void End(Task choosing, CancellationTokenSource timeIsUp)
    {
        try
        {
            if (!choosing.IsCompleted) timeIsUp.Cancel();
        }
        catch (Exception)
        {
            // The rule is over and has been reported.
        }
        choosing.ContinueWith(_ => timeIsUp.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The claim that was chosen; null with a problem where the rule did wrong, without one where it wants to wait.</summary>
    public Claim? Choose(out string? problem)
    {
        problem = null;
        if (_answer.Exception?.GetBaseException() is { } error)
        {
            problem = error is TimeoutException ? $"it did not answer within {_limit.TotalMilliseconds:F0} ms" : $"it failed: {error.Message}";
            return null;
        }
        if (_answer.IsCanceled)
        {
            problem = $"it gave up after {_limit.TotalMilliseconds:F0} ms";
            return null;
        }
        if (_answer.GetAwaiter().GetResult() is not { } named) return null;
        var chosen = _candidates.FirstOrDefault(claim => IsNamed(claim.Claimant, named));
        if (chosen is { Claimant.Process.IsDead: false }) return chosen;
        problem = chosen is null ? $"it named process {named.ProcessId}, which does not wait for the table" : $"it named process {named.ProcessId}, which is dead";
        return null;
    }

    private static bool IsNamed(IClaimant claimant, EtsSuccessor named) =>
        (named.ProcessId == 0 || claimant.Process.ProcessId == named.ProcessId) && (named.WorkerId == 0 || claimant.WorkerId == named.WorkerId)
        && named != default;
}
