using System.Text.Json;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtsPersist.Mmf.Manager.Tests.Events;

public sealed class ManagerEventsTests
{
    [Fact]
    public void Each_event_is_one_line_of_json_with_the_time_of_what_happened()
    {
        var path = Path.Join(Path.GetTempPath(), $"{Guid.NewGuid():N}.events");
        try
        {
            using (var events = new ManagerEvents(NullLogger.Instance))
            {
                events.OpenFile(path);
                events.Offered("words", 7, 3, TransferReason.OwnerDied);
                events.Died(new ProcessDeath(new ProcessIdentity(8, 1), 1000, null));
            }
            var lines = File.ReadAllLines(path).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
            Assert.Equal(["offered", "died"], lines.Select(line => line.GetProperty("event").GetString()));
            Assert.Equal(("words", 7, 3, "ownerDied"), (
                lines[0].GetProperty("table").GetString(),
                lines[0].GetProperty("pid").GetInt32(),
                lines[0].GetProperty("epoch").GetInt32(),
                lines[0].GetProperty("reason").GetString()));
            Assert.Equal(MonotonicClock.FromTimestamp(1000), lines[1].GetProperty("monotonicNs").GetInt64());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_the_file_has_stays_in_front_of_what_happens_next()
    {
        var path = Path.GetTempFileName();
        try
        {
            for (var start = 1; start <= 2; start++)
            {
                using var events = new ManagerEvents(NullLogger.Instance);
                events.OpenFile(path);
                events.StandingBy();
            }
            Assert.Equal(2, File.ReadAllLines(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_cannot_be_made_stops_nothing()
    {
        using var events = new ManagerEvents(NullLogger.Instance);
        events.OpenFile(Path.Join(Path.GetTempPath(), $"{Guid.NewGuid():N}", "events"));
        events.StandingBy();
    }
}
