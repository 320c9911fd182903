namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>
/// A batch replaces two rows. Its writer may be killed before the commit; then somebody else undoes it. A reader reads the first row, then the
/// second, and must see both old, both new, or old and new, never new and then old.
/// </summary>
internal sealed class BatchModel(bool hasWord = true, bool checksNumber = true, bool settlesBeforeFreeing = true, bool reusesWordLast = true)
{
    private const string Design = "place 1,place 2,commit,settle 1,free old 1,settle 2,free old 2,next";
    private const string FreesFirst = "place 1,place 2,commit,free old 1,settle 1,free old 2,settle 2,next";
    private const string ReusesFirst = "place 1,place 2,commit,next,settle 1,free old 1,settle 2,free old 2";
    private const string Undoing = "abort,undo 1,undo 2,free new 1,free new 2,next";

    internal readonly record struct Row(int Version, bool IsNew, bool IsPending);

    internal sealed record State(
        Row Row1, Row Row2, bool OldFreed1, bool OldFreed2, bool NewFreed1, bool NewFreed2, int Number, string Word,
        int Step, bool IsDead, int UndoStep, int Key, string Reading, Row Seen, char Chosen, char Copy, string Got);

    public static readonly State First = new(
        default, default, false, false, false, false, 1, "preparing", 0, false, 0, 1, "lane", default, '-', '-', "");

    private string[] Program => (!settlesBeforeFreeing ? FreesFirst : !reusesWordLast ? ReusesFirst : Design).Split(',');

    public Explorer<State> Explore() => Explorer<State>.Explore(First, state => WriterSteps(state).Concat(ReaderSteps(state)), Violation);

    private static string? Violation(State state) => state.Got switch
    {
        _ when state.Got.Contains('?', StringComparison.Ordinal) => "a reader returns garbage",
        "no" => "a reader sees half of a batch",
        _ => null,
    };

    private IEnumerable<(string, State)> WriterSteps(State state)
    {
        if (!state.IsDead)
        {
            if (state.Step < Program.Length)
                yield return (Program[state.Step], Do(Program[state.Step], state) with { Step = state.Step + 1 });
            if (state.Step <= Array.IndexOf(Program, "commit"))
                yield return ("kill", state with { IsDead = true });
        }
        else if (state.UndoStep < Undoing.Split(',').Length)
        {
            var step = Undoing.Split(',')[state.UndoStep];
            yield return (step, Do(step, state) with { UndoStep = state.UndoStep + 1 });
        }
    }

    private static State Do(string step, State state) => step switch
    {
        "place 1" => state with { Row1 = state.Row1 with { IsNew = true, IsPending = true } },
        "place 2" => state with { Row2 = state.Row2 with { IsNew = true, IsPending = true } },
        "commit" => state with { Word = "committed" },
        "abort" => state with { Word = "aborted" },
        "settle 1" => state with { Row1 = new Row(state.Row1.Version + 1, true, false) },
        "settle 2" => state with { Row2 = new Row(state.Row2.Version + 1, true, false) },
        "undo 1" => state with { Row1 = Undone(state.Row1) },
        "undo 2" => state with { Row2 = Undone(state.Row2) },
        "free old 1" => state with { OldFreed1 = true },
        "free old 2" => state with { OldFreed2 = true },
        "free new 1" => state with { NewFreed1 = true },
        "free new 2" => state with { NewFreed2 = true },
        _ => state with { Number = state.Number + 1, Word = "preparing" },
    };

    private static Row Undone(Row row) => row.IsPending ? new Row(row.Version + 1, false, false) : row;

    private IEnumerable<(string, State)> ReaderSteps(State state)
    {
        if (state.Key > 2)
            yield break;
        var row = state.Key == 1 ? state.Row1 : state.Row2;
        switch (state.Reading)
        {
            case "lane":
                var settled = row.IsNew ? 'n' : 'o';
                yield return ("read: lane", state with { Seen = row, Reading = row.IsPending ? "word" : "copy", Chosen = settled });
                break;
            case "word" when !hasWord:
                yield return ("read: no word", state with { Reading = "copy", Chosen = 'n' });
                break;
            case "word" when checksNumber && state.Number != 1:
                yield return ("read: another batch", state with { Reading = "lane" });
                break;
            case "word":
                yield return ("read: word", state with { Reading = "copy", Chosen = state.Word == "committed" ? 'n' : 'o' });
                break;
            case "copy":
                yield return ("read: copy", state with { Reading = "check", Copy = IsFreed(state) ? '?' : state.Chosen });
                break;
            case "check" when row.Version != state.Seen.Version || row != state.Seen:
                yield return ("read: again", state with { Reading = "lane" });
                break;
            case "check":
                yield return ("read: done", state with { Reading = "lane", Key = state.Key + 1, Got = state.Got + state.Copy, Seen = default, Chosen = '-', Copy = '-' });
                break;
        }
    }

    private static bool IsFreed(State state) => (state.Key, state.Chosen) switch
    {
        (1, 'o') => state.OldFreed1,
        (1, _) => state.NewFreed1,
        (_, 'o') => state.OldFreed2,
        _ => state.NewFreed2,
    };
}
