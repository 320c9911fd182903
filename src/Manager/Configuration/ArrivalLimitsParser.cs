namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>Reads the limits on deaths on arrival; what is not said stays as by default.</summary>
internal static class ArrivalLimitsParser
{
    private static readonly string[] Members = ["windowMilliseconds", "burst", "perSecond", "quarantineAfter", "workerQuarantineAfter", "quarantineMilliseconds"];

    /// <param name="json">The reader, on the first token of the limits.</param>
    public static ArrivalLimits Parse(ref JsonObjectReader json)
    {
        json.RequireObject("arrivals");
        var limits = ArrivalLimits.Default;
        var seen = new HashSet<string>();
        while (json.NextMember("arrivals", Members, seen) is { } member)
        {
            limits = member switch
            {
                "windowMilliseconds" => limits with { Window = ReadTime(in json, member, ArrivalLimits.LeastWindow, ArrivalLimits.MostWindow) },
                "burst" => limits with { Burst = ReadCount(in json, member, 0, ArrivalLimits.MostBurst) },
                "perSecond" => limits with { PerSecond = ReadCount(in json, member, 1, ArrivalLimits.MostPerSecond) },
                "quarantineAfter" => limits with { QuarantineAfter = ReadCount(in json, member, 1, ArrivalLimits.MostQuarantineAfter) },
                "workerQuarantineAfter" => limits with { WorkerQuarantineAfter = ReadCount(in json, member, 1, ArrivalLimits.MostQuarantineAfter) },
                _ => limits with { QuarantineTime = ReadTime(in json, member, ArrivalLimits.LeastQuarantineTime, ArrivalLimits.MostQuarantineTime) },
            };
        }
        return limits;
    }

    private static TimeSpan ReadTime(in JsonObjectReader json, string member, TimeSpan least, TimeSpan most) =>
        TimeSpan.FromMilliseconds(Read(in json, member, (long)least.TotalMilliseconds, (long)most.TotalMilliseconds));

    private static int ReadCount(in JsonObjectReader json, string member, int least, int most) => (int)Read(in json, member, least, most);

    private static long Read(in JsonObjectReader json, string member, long least, long most)
    {
        var number = json.GetInteger(member);
        return number >= least && number <= most ? number : throw json.Error($"{member} of arrivals is {least} to {most}, not {number}");
    }
}
