using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Memory;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// The seam of stepped actors: each access waits until it is the actor's turn, and what a thread without an actor stores is put back with the rest.
/// One access at a time reaches memory, so an exchange needs no locked instruction, and every reader sees the last store.
/// </summary>
internal readonly unsafe struct SteppedMemory : ISharedMemory
{
    [ThreadStatic]
    private static Actor? Actor;

    [ThreadStatic]
    private static Image? Image;

    /// <summary>From now on this thread works on this image, as this actor.</summary>
    public static void Enter(Image image, Actor? actor)
    {
        Image = image;
        Actor = actor;
    }

    public static ulong Read(ulong* address)
    {
        if (Actor is not { } actor)
            return *address;
        var offset = Image!.OffsetOf(address);
        return actor.Execution.Defect is { } defect ? defect.Read(actor, offset) : actor.Read(offset);
    }

    public static void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Write(address, value, StoreKind.Write, file, line);

    public static void Release(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Write(address, value, StoreKind.Release, file, line);

    public static bool CompareExchange(ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var offset = Image!.OffsetOf(address);
        if (Actor is not { } actor)
            return Image.CompareExchange(offset, expected, value);
        actor.Store = (new StoreSite(file, line), StoreKind.Exchange);
        return actor.Execution.Defect is { } defect
            ? defect.CompareExchange(actor, offset, expected, value)
            : actor.CompareExchange(offset, expected, value);
    }

    /// <summary>In two steps: bytes that nobody can reach, of which others must never see the one half.</summary>
    public static void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var offset = Image!.OffsetOf(destination);
        var half = source.Length / 2;
        if (Actor is { } actor)
            actor.Store = (new StoreSite(file, line), StoreKind.Fill);
        FillPart(offset, source[..half]);
        FillPart(offset + half, source[half..]);
    }

    public static void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Write(address, value, StoreKind.Fill, file, line);

    public static void WriteBarrier()
    {
        if (Actor is { } actor)
            actor.Execution.Defect?.WriteBarrier(actor);
    }

    public static void ReadBarrier() { }

    public static bool Pause(int round)
    {
        Actor?.Pause();
        return true;
    }

    private static void Write(ulong* address, ulong value, StoreKind kind, string file, int line)
    {
        var offset = Image!.OffsetOf(address);
        if (Actor is not { } actor)
        {
            Image.Write(offset, value);
            return;
        }
        actor.Store = (new StoreSite(file, line), kind);
        if (actor.Execution.Defect is { } defect)
            defect.Write(actor, offset, value);
        else
            actor.Write(offset, value);
    }

    private static void FillPart(long offset, ReadOnlySpan<byte> source)
    {
        if (Actor is not { } actor)
            Image!.Fill(offset, source);
        else if (actor.Execution.Defect is { } defect)
            defect.Fill(actor, offset, source);
        else
            actor.Fill(offset, source);
    }
}
