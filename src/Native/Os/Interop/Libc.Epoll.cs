using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library waits for sockets and pipes only.
internal static unsafe partial class Libc
{
    internal const int EPOLLIN = 1;
    private const uint EPOLLONESHOT = 1u << 30; // tells once: what nobody wants to know any more cannot keep a loop awake
    private const int EPOLL_CTL_ADD = 1;
    private const int EPOLL_CTL_DEL = 2;
    private const int EFD_NONBLOCK = O_NONBLOCK;

    // struct epoll_event is packed on x64 only: 4 bytes of events, then 8 bytes of the caller's.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int EventDataOffset = EventSize - sizeof(ulong);

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateEpoll(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int ControlEpoll(SafeFileHandle epoll, int operation, SafeFileHandle file, byte* entry);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitEpoll(SafeFileHandle epoll, byte* entries, int count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    private static partial int CreateEvent(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, void* bytes, nuint length);

    /// <summary>A new, close-on-exec epoll.</summary>
    internal static SafeFileHandle EpollCreate() => Checked(CreateEpoll(O_CLOEXEC), "epoll_create1");

    /// <summary>A new, close-on-exec counter that an epoll can wait for.</summary>
    internal static SafeFileHandle EventCreate() => Checked(CreateEvent(0, O_CLOEXEC | EFD_NONBLOCK), "eventfd");

    /// <summary>Wakes those who wait for the counter.</summary>
    internal static void EventSignal(SafeFileHandle counter)
    {
        ulong one = 1;
        _ = Write(counter, &one, sizeof(ulong)); // fails only when the counter is full, and then it wakes already
    }

    /// <summary>Waits for <paramref name="file"/> too; <paramref name="data"/> comes back with its event, which may be told once or to everybody who waits.</summary>
    internal static void EpollAdd(SafeFileHandle epoll, SafeFileHandle file, ulong data, bool once)
    {
        var entry = stackalloc byte[EventSize];
        Unsafe.WriteUnaligned(entry, EPOLLIN | (once ? EPOLLONESHOT : 0));
        Unsafe.WriteUnaligned(entry + EventDataOffset, data);
        if (ControlEpoll(epoll, EPOLL_CTL_ADD, file, entry) != 0)
            throw SystemCallException.ForCall("epoll_ctl(EPOLL_CTL_ADD)", null, Marshal.GetLastPInvokeError());
    }

    /// <summary>Waits for <paramref name="file"/> no more.</summary>
    internal static void EpollRemove(SafeFileHandle epoll, SafeFileHandle file)
    {
        var entry = stackalloc byte[EventSize];
        _ = ControlEpoll(epoll, EPOLL_CTL_DEL, file, entry); // fails if it is not there, which is what is wanted
    }

    /// <summary>Waits without limit for the next events and answers how many there are.</summary>
    internal static int EpollWait(SafeFileHandle epoll, Span<ulong> data)
    {
        var entries = stackalloc byte[EventSize * data.Length];
        while (true)
        {
            var count = WaitEpoll(epoll, entries, data.Length, -1);
            if (count < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.EINTR)
                    continue;
                throw SystemCallException.ForCall("epoll_wait", null, errno);
            }

            for (var i = 0; i < count; i++)
                data[i] = Unsafe.ReadUnaligned<ulong>(entries + (EventSize * i) + EventDataOffset);
            return count;
        }
    }

    private static SafeFileHandle Checked(int descriptor, string call) => descriptor >= 0
        ? new SafeFileHandle(descriptor, ownsHandle: true)
        : throw SystemCallException.ForCall(call, null, Marshal.GetLastPInvokeError(), "Raise 'ulimit -n' if that is the cause.");
}
