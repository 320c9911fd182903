using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>The seam under a reader: lets a writer work between any two of its reads.</summary>
internal readonly unsafe struct InterruptingMemory : ISharedMemory
{
    [ThreadStatic]
    private static int ReadsLeft;

    [ThreadStatic]
    private static Action? Interruption;

    /// <summary>How many reads the last run made.</summary>
    [field: ThreadStatic]
    public static int Reads { get; private set; }

    /// <summary>Runs a reader, with an interruption before its read of this number.</summary>
    public static T Run<T>(Func<T> reader, int interruptedRead, Action interruption)
    {
        Reads = 0;
        ReadsLeft = interruptedRead;
        Interruption = interruption;
        try
        {
            return reader();
        }
        finally
        {
            Interruption = null;
        }
    }

    public static ulong Read(ulong* address)
    {
        Reads++;
        if (Interruption is { } interruption && ReadsLeft-- == 0)
        {
            Interruption = null;
            interruption();
        }
        return *address;
    }

    public static void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw new InvalidOperationException("A reader stored something.");

    public static void Release(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw new InvalidOperationException("A reader stored something.");

    public static bool CompareExchange(ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw new InvalidOperationException("A reader stored something.");

    public static void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw new InvalidOperationException("A reader stored something.");

    public static void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => throw new InvalidOperationException("A reader stored something.");

    public static void WriteBarrier() { }

    public static void ReadBarrier() { }
}
