using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>
/// The seam in tests: counts the stores of the current thread, and kills the "process" at a chosen one, which neither it nor any later store
/// then reaches memory. A filter may come between, that records the stores or makes them otherwise.
/// </summary>
internal readonly unsafe struct TracedMemory : ISharedMemory
{
    [ThreadStatic]
    private static CrashPoint? Current;

    [ThreadStatic]
    private static StoreFilter? Filter;

    /// <summary>Watches the stores of this thread until disposed.</summary>
    public static IDisposable Watch(CrashPoint point)
    {
        Current = point;
        return new Ending(() => Current = null);
    }

    /// <summary>Has a filter make the stores of this thread until disposed.</summary>
    public static IDisposable Through(StoreFilter filter)
    {
        Filter = filter;
        return new Ending(() => Filter = null);
    }

    /// <summary>An operation has come to its end: a store that the filter has held back is made.</summary>
    public static void EndOperation() => Filter?.EndOperation();

    /// <summary>A part of a store is about to be made; the watcher may kill the process instead.</summary>
    public static void BeforeStore() => Current?.BeforeStore();

    public static ulong Read(ulong* address)
    {
        Filter?.Read(address);
        return *address;
    }

    public static void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Write(address, value, StoreKind.Write, file, line);

    public static void Release(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Write(address, value, StoreKind.Release, file, line);

    public static bool CompareExchange(
        ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (Read(address) != expected)
            return false;
        var store = new Store(new StoreSite(file, line), address, ref value, StoreKind.Exchange);
        if (Filter is { } filter)
            filter.Make(store);
        else
            store.Make();
        return true;
    }

    /// <summary>Bytes that nobody can reach: a kill leaves any part of them, so it leaves the worst, half of them.</summary>
    public static void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var store = new Store(new StoreSite(file, line), destination, source);
        if (Filter is { } filter)
            filter.Make(store);
        else
            store.Make();
    }

    public static void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Write(address, value, StoreKind.Fill, file, line);

    public static void WriteBarrier() => Filter?.WriteBarrier();

    public static void ReadBarrier() { }

    /// <summary>There is nobody to wait for: who waits longer than a round or two waits for ever.</summary>
    public static bool Pause(int round)
    {
        Filter?.Pause();
        return true;
    }

    private static void Write(ulong* address, ulong value, StoreKind kind, string file, int line)
    {
        if (Filter is { } filter)
        {
            filter.Make(new Store(new StoreSite(file, line), address, ref value, kind));
            return;
        }
        BeforeStore();
        *address = value;
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
