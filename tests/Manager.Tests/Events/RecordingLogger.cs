using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Tests.Events;

/// <summary>Keeps what is logged. Any thread may log.</summary>
internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<(EventId Event, Exception? Error)> _logged = [];

    /// <summary>The events so far by their names, which are those of <see cref="Log"/>'s methods, each with its error.</summary>
    public IEnumerable<(string? Name, Exception? Error)> Logged => _logged.Select(entry => (entry.Event.Name, entry.Error));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logged.Enqueue((eventId, exception));
}
