using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>The thread that waits for pidfds. It sleeps in the kernel without limit; additions and removals do not wake it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PidfdLoop : IDisposable
{
    private const ulong Stop = 0;

    private readonly ConcurrentDictionary<ulong, (WatchedProcess Process, SafeFileHandle Pidfd)> _entries = [];
    private readonly SafeFileHandle _epoll = Libc.EpollCreate();
    private readonly SafeFileHandle _wake = Libc.EventCreate();
    private ulong _lastId = Stop;
    private int _disposed;

    internal PidfdLoop()
    {
        Libc.EpollAdd(_epoll, _wake, Stop);
        new Thread(Run) { IsBackground = true, Name = "EtsPersist process watcher" }.Start();
    }

    /// <summary>Watches the descriptor, which is closed after the report or the end of the watching.</summary>
    internal void Add(WatchedProcess process, SafeFileHandle pidfd)
    {
        var id = Interlocked.Increment(ref _lastId);
        _entries[id] = (process, pidfd);
        process.SetDescriptorStop(() => Remove(id));
        try
        {
            Libc.EpollAdd(_epoll, pidfd, id);
        }
        catch (ObjectDisposedException) when (process.IsSettled)
        {
            // The watching ended meanwhile.
        }
    }

    /// <summary>Ends the thread. It closes what it waits on by itself, so nothing is closed under it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Libc.EventSignal(_wake);
    }

    private void Run()
    {
        Span<ulong> ready = stackalloc ulong[64];
        while (true)
        {
            var count = Libc.EpollWait(_epoll, ready);
            var timestamp = Stopwatch.GetTimestamp();
            foreach (var id in ready[..count])
            {
                if (id == Stop)
                {
                    _epoll.Dispose();
                    _wake.Dispose();
                    return;
                }

                if (_entries.TryGetValue(id, out var entry)) // else removed after the kernel had it ready
                    Report(id, entry.Process, entry.Pidfd, timestamp);
            }
        }
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
