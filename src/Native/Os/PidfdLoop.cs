using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// The threads that wait for pidfds. They sleep in the kernel without limit; additions and removals do not wake them. There are two, each of
/// which takes one death at a time: while one is busy with a report, the other takes the next.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class PidfdLoop : IDisposable
{
    private const ulong Stop = 0;
    private const int Threads = 2;

    private readonly ConcurrentDictionary<ulong, (WatchedProcess Process, SafeFileHandle Pidfd)> _entries = [];
    private readonly SafeFileHandle _epoll = Libc.EpollCreate();
    private readonly SafeFileHandle _wake = Libc.EventCreate();
    private ulong _lastId = Stop;
    private int _running = Threads;
    private int _disposed;

    internal PidfdLoop()
    {
        Libc.EpollAdd(_epoll, _wake, Stop, once: false); // it is never read, so that it wakes them all
        for (var i = 0; i < Threads; i++)
            new Thread(Run) { IsBackground = true, Name = $"EtsPersist process watcher {i}" }.Start();
    }

    /// <summary>Watches the descriptor, which is closed after the report or the end of the watching.</summary>
    internal void Add(WatchedProcess process, SafeFileHandle pidfd)
    {
        var id = Interlocked.Increment(ref _lastId);
        _entries[id] = (process, pidfd);
        process.SetDescriptorStop(() => Remove(id));
        try
        {
            Libc.EpollAdd(_epoll, pidfd, id, once: true);
        }
        catch (ObjectDisposedException) when (process.IsSettled)
        {
            // The watching ended meanwhile.
        }
    }

    /// <summary>Ends the threads. The last of them closes what they wait on, so nothing is closed under them.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Libc.EventSignal(_wake);
    }

    private void Run()
    {
        Span<ulong> ready = stackalloc ulong[1];
        while (true)
        {
            if (Libc.EpollWait(_epoll, ready) == 0)
                continue;
            var timestamp = Stopwatch.GetTimestamp();
            if (ready[0] == Stop)
                break;
            if (_entries.TryGetValue(ready[0], out var entry)) // else removed after the kernel had it ready
                Report(ready[0], entry.Process, entry.Pidfd, timestamp);
        }

        if (Interlocked.Decrement(ref _running) > 0)
            return;
        _epoll.Dispose();
        _wake.Dispose();
    }

    private void Report(ulong id, WatchedProcess process, SafeFileHandle pidfd, long timestamp)
    {
        process.Report(timestamp, pidfd);
        Remove(id); // the other source may have reported first
    }

    private void Remove(ulong id)
    {
        if (!_entries.TryRemove(id, out var entry))
            return;
        try
        {
            Libc.EpollRemove(_epoll, entry.Pidfd);
        }
        catch (ObjectDisposedException)
        {
            // The loop has ended.
        }

        entry.Pidfd.Dispose();
    }
}
