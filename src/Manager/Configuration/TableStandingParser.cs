using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>Reads what is kept with a table's definition.</summary>
internal static class TableStandingParser
{
    private static readonly string[] Members = ["heir", "departure", "quarantinedUntil"];
    private static readonly string[] HeirMembers = ["processId", "startTime", "workerId", "giftBytes"];
    private static readonly string[] DepartureMembers = ["epoch", "reason", "processId", "role", "giftBytes"];

    public static TableStanding Parse(ref JsonObjectReader json)
    {
        json.RequireObject("standing");
        var standing = TableStanding.None;
        var seen = new HashSet<string>();
        while (json.NextMember("standing", Members, seen) is { } member)
        {
            standing = member switch
            {
                "heir" => standing with { Heir = ParseHeir(ref json) },
                "departure" => standing with { Departure = ParseDeparture(ref json) },
                _ => standing with { QuarantinedUntil = json.GetInteger(member) },
            };
        }
        return standing;
    }

    private static Heir ParseHeir(ref JsonObjectReader json)
    {
        json.RequireObject("heir");
        var (processId, startTime, workerId) = (0L, 0L, 0L);
        byte[]? gift = null;
        var seen = new HashSet<string>();
        while (json.NextMember("heir", HeirMembers, seen) is { } member)
        {
            switch (member)
            {
                case "processId":
                    processId = json.GetInteger(member);
                    break;
                case "startTime":
                    startTime = json.GetInteger(member);
                    break;
                case "workerId":
                    workerId = json.GetInteger(member);
                    break;
                default:
                    gift = json.GetBase64(member);
                    break;
            }
        }
        return new Heir(new ProcessIdentity((int)processId, startTime), (ulong)workerId, ToGift(gift));
    }

    private static Departure ParseDeparture(ref JsonObjectReader json)
    {
        json.RequireObject("departure");
        var (epoch, processId, reason) = (0L, 0L, TransferReason.Released);
        string? role = null;
        byte[]? gift = null;
        var seen = new HashSet<string>();
        while (json.NextMember("departure", DepartureMembers, seen) is { } member)
        {
            switch (member)
            {
                case "epoch":
                    epoch = json.GetInteger(member);
                    break;
                case "processId":
                    processId = json.GetInteger(member);
                    break;
                case "role":
                    role = json.GetText(member);
                    break;
                case "reason":
                    if (!Enum.TryParse(json.GetText(member), ignoreCase: true, out reason)) throw json.Error("there is no such reason");
                    break;
                default:
                    gift = json.GetBase64(member);
                    break;
            }
        }
        return new Departure((uint)epoch, reason, new PreviousOwner((int)processId, role), ToGift(gift));
    }

    private static ReadOnlyMemory<byte>? ToGift(byte[]? gift) => gift is null ? default(ReadOnlyMemory<byte>?) : gift;
}
