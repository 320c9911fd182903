using System.Globalization;
using EtsPersist.Mmf.Peer.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// Takes the steps of random programs on a public table beside other processes: on keys of its own, where every answer must be that of a model, and
/// after each step one on a key that all share.
/// </summary>
/// <remarks>Says <c>ready</c>, waits to be told anything, then says <c>done steps shared-insertions</c>, or <c>wrong …</c> and ends.</remarks>
internal sealed class ProgramCommand : IPeerCommand
{
    private const int MostSteps = 60;

    public string Name => "program";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        var options = new EtsOpenOptions { Directory = arguments.Text("dir"), WriterWait = TimeSpan.FromMinutes(1) };
        using var table = EtsTable.Open<Item>(arguments.Text("table"), options);
        var share = new KeyShare(arguments.Number("number"), arguments.Number("of"));
        var seed = new Rnd(ulong.Parse(arguments.Text("seed"), CultureInfo.InvariantCulture));
        var programs = new Steps(table.Kind, share).Programs(MostSteps).Generator.Sample(arguments.Number("programs"), seed, MostSteps);
        console.Say($"ready");
        console.Listen();
        var (items, model, shared) = (new TableItems(table, share), new ModelItems(table.Kind), new SharedItems(table, share));
        var steps = 0;
        foreach (var step in programs.SelectMany(program => program))
        {
            steps++;
            if (Wrong(step, model, items) is { } wrong || (wrong = shared.Next()) is not null)
            {
                console.Say($"wrong step {steps}, {step}: {wrong}");
                return;
            }
        }
        console.Say($"done {steps} {shared.Insertions}");
    }

    private static string? Wrong(Step step, ModelItems model, TableItems items)
    {
        var (expected, got) = (step.AnswerOf(model), step.AnswerOf(items));
        return expected == got ? null : $"expected {expected}, got {got}";
    }
}
