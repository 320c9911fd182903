using EtsPersist.Mmf.Protocol;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>What a worker and a manager of another version said to each other, in the order in which it was said.</summary>
internal static class RecordedSession
{
    /// <summary>A connection begins, or a frame is sent by the one or the other.</summary>
    internal abstract record Event;

    internal sealed record Connect : Event;

    internal sealed record FromWorker(byte[] Frame) : Event;

    internal sealed record FromManager(byte[] Frame) : Event
    {
        public ReadOnlyMemory<byte> Payload => Frame.AsMemory(FrameLimits.HeaderBytes);
    }

    public static IReadOnlyList<Event> Read(string name)
    {
        var path = Path.Join(AppContext.BaseDirectory, "Connections", "Recordings", name);
        return [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];
    }

    private static Event Parse(string line) => line[0] switch
    {
        '>' => new FromWorker(Convert.FromHexString(line[2..])),
        '<' => new FromManager(Convert.FromHexString(line[2..])),
        _ => new Connect(),
    };
}
