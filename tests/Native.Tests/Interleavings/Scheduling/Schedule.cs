using System.Globalization;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// What was chosen in an execution, so that it can be run again: <c>17>1</c> says that before step 17 actor 1 went on instead,
/// <c>40!0</c> that actor 0 was killed before step 40.
/// </summary>
internal sealed class Schedule
{
    private readonly List<(int Step, Option Option)> _events = [];

    public IReadOnlyList<(int Step, Option Option)> Events => _events;

    public static Schedule Parse(string text)
    {
        var schedule = new Schedule();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var mark = word.IndexOfAny(['>', '!']);
            var kind = word[mark] == '>' ? OptionKind.Run : OptionKind.Kill;
            schedule.Add(
                int.Parse(word.AsSpan(0, mark), CultureInfo.InvariantCulture),
                new Option(kind, int.Parse(word.AsSpan(mark + 1), CultureInfo.InvariantCulture)));
        }
        return schedule;
    }

    public void Add(int step, Option option) => _events.Add((step, option));

    public override string ToString() =>
        string.Join(' ', _events.Select(entry => $"{entry.Step}{(entry.Option.Kind == OptionKind.Kill ? '!' : '>')}{entry.Option.Actor}"));
}
