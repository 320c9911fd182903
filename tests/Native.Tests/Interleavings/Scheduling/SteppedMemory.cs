using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Memory;

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

    public static void Write(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var offset = Image!.OffsetOf(address);
        if (Actor is not { } actor)
            Image.Write(offset, value);
        else if (actor.Execution.Defect is { } defect)
            defect.Write(actor, offset, value);
        else
            actor.Write(offset, value);
    }

    public static bool CompareExchange(ulong* address, ulong expected, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var offset = Image!.OffsetOf(address);
        if (Actor is null)
            return Image.CompareExchange(offset, expected, value);
        return Actor.Execution.Defect is { } defect
            ? defect.CompareExchange(Actor, offset, expected, value)
            : Actor.CompareExchange(offset, expected, value);
    }

    /// <summary>In two steps: bytes that nobody can reach, of which others must never see the one half.</summary>
    public static void Fill(byte* destination, ReadOnlySpan<byte> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var offset = Image!.OffsetOf(destination);
        var half = source.Length / 2;
        FillPart(offset, source[..half]);
        FillPart(offset + half, source[half..]);
    }

    public static void Fill(ulong* address, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Write(address, value, file, line);

    public static void ReadBarrier() { }

    public static bool Pause(int round)
    {
        Actor?.Pause();
        return true;
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
