using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Events;

/// <summary>
/// A logger whose failures stay its own. The host's may throw, and any may where no descriptor is left to format an exception with; that must neither break
/// off a hand-over nor end the thread that accepts connections or tells events, and with it the manager.
/// </summary>
internal sealed class UnfailingLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // Where the log itself fails there is nowhere left to say so.
        }
    }
}
