using EtsPersist.Mmf.Manager.Steps;

namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>Ends a manager's work at one of its steps, as a kill would: what it has done so far stays, and nothing follows.</summary>
internal sealed class KilledManager(ManagerStep step)
{
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the step has been reached.</summary>
    public Task Killed => _killed.Task;

    public void Reach(ManagerStep reached)
    {
        if (reached == step) _killed.TrySetResult();
        if (_killed.Task.IsCompleted) throw new InvalidOperationException($"The manager was killed at {step}.");
    }
}
