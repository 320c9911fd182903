using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf.Manager.Operating;

/// <summary>Waits for a manager's answers, each for so long at most. When that is over the connection is closed, which ends the wait and the use of the connection.</summary>
/// <remarks>
/// Threads: one. A manager that is stopped takes connections still, by its kernel, and answers nothing: a probe that waited for it without end would not notice.
/// </remarks>
internal sealed class AnswerWait(InstanceDirectory directory, TimeSpan limit) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Closes the connection; to be given to it when it is made.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>How long to wait for each answer from now on.</summary>
    public TimeSpan Limit { get; set; } = limit;

    /// <summary>Does what waits for the manager.</summary>
    /// <exception cref="ManagerNotRunningException">There is one, and it has not answered in time.</exception>
    public T For<T>(Func<T> answer)
    {
        try
        {
            return Task.Run(answer).WaitAsync(Limit).GetAwaiter().GetResult(); // elsewhere: what cannot even connect is left to itself
        }
        catch (TimeoutException error)
        {
            _closing.Cancel();
            throw ManagerConnection.NotAnswering(directory, Limit, error);
        }
    }

    public void Dispose() => _closing.Dispose();
}
