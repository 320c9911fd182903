using System.Diagnostics;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;

namespace EtsPersist.Mmf.Native.Engine.Bags;

/// <summary>
/// The attempts that one operation on a bag's key has lost, each to a writer that has changed the key meanwhile: no one is ever waited for, so the key
/// as a whole makes progress with each. Backs off longer after each.
/// </summary>
internal struct LostRaces
{
    private const int RacesBeforeBackingOff = 4;
    private const int LongestBackOff = 12;
    private const int MostOfReader = 1 << 16;

    private int _lost;
    private long _since;

    /// <summary>One more, of a reader.</summary>
    /// <exception cref="TableBusyException">It has lost more often than happens to rows that can be read in a reasonable time.</exception>
    public void Add(TableSpace space)
    {
        if (++_lost > MostOfReader)
            throw new TableBusyException($"Table file '{space.Path}': rows of a key were removed {MostOfReader} times while the key was read. Read it when it is quieter, or give it fewer rows.");
        BackOff();
    }

    /// <summary>One more, of a writer.</summary>
    /// <exception cref="TableBusyException">It has lost for longer than the table's patience; nothing has changed.</exception>
    public void Add(Writer writer)
    {
        if (_lost++ == 0)
            _since = Stopwatch.GetTimestamp();
        BackOff();
        if (_lost > RacesBeforeBackingOff && Stopwatch.GetElapsedTime(_since) > writer.Table.WriterPatience)
            throw new TableBusyException($"Table '{writer.Table.Name}': other writers changed the same key of this bag {_lost} times before this operation could. Write it from fewer threads, or give it fewer rows.");
    }

    private readonly void BackOff()
    {
        if (_lost > RacesBeforeBackingOff)
            Thread.SpinWait(Random.Shared.Next(1 << Math.Min(_lost, LongestBackOff)));
    }
}
