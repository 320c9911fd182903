namespace EtsPersist.Mmf.Soak;

/// <summary>Lets some crews work, from its beginning to its disposal.</summary>
internal sealed class Shift : IDisposable
{
    private readonly SharedCounters _counters;
    private readonly int[] _crews;

    /// <summary>Begins a shift of those in these places.</summary>
    public Shift(SharedCounters counters, IReadOnlyCollection<Seat> seats)
    {
        _counters = counters;
        _crews = [.. seats.Select(seat => seat.Crew).Distinct()];
        Set(1);
        foreach (var seat in seats) seat.BeginShift();
    }

    /// <summary>Ends it: everyone finishes the operation in flight.</summary>
    public void Dispose() => Set(0);

    private void Set(long on)
    {
        foreach (var crew in _crews) _counters[Places.Shift(crew)] = on;
    }
}
