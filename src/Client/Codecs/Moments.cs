namespace EtsPersist.Mmf;

/// <summary>Moments with an offset from UTC.</summary>
internal static class Moments
{
    private const int MostMinutes = 14 * 60;

    /// <summary>Puts a moment and its offset together if they are possible.</summary>
    public static bool TryCombine(DateTime utc, int offsetMinutes, out DateTimeOffset moment)
    {
        moment = default;
        if (offsetMinutes is < -MostMinutes or > MostMinutes) return false;
        var local = utc.Ticks + (offsetMinutes * TimeSpan.TicksPerMinute);
        if ((ulong)local > (ulong)DateTime.MaxValue.Ticks) return false;
        moment = new DateTimeOffset(local, TimeSpan.FromMinutes(offsetMinutes));
        return true;
    }
}
