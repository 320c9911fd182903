using System.Reflection;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Tests.Events;

public sealed class LogTests
{
    private static readonly LoggerMessageAttribute[] Messages = [.. typeof(Log).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void No_two_messages_have_the_same_event_id()
    {
        Assert.NotEmpty(Messages);
        Assert.Empty(Messages.GroupBy(message => message.EventId).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void Event_ids_are_those_of_the_manager_of_tables_of_hand_overs_or_of_connections() =>
        Assert.All(Messages, message => Assert.InRange(message.EventId, 1, 399));
}
