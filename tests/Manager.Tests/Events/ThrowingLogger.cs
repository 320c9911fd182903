using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Tests.Events;

/// <summary>Throws whatever is logged, and counts how often. Any thread may log.</summary>
internal sealed class ThrowingLogger : ILogger
{
    private int _thrown;

    public int Thrown => Volatile.Read(ref _thrown);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Interlocked.Increment(ref _thrown);
        throw new InvalidOperationException("This log cannot be written.");
    }
}
