using Spectre.Console;
using Spectre.Console.Rendering;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>Rows of text under headings: drawn on a terminal, in plain columns elsewhere.</summary>
internal sealed class TextTable
{
    private const int Unbounded = 10_000;

    private readonly Table _table = new Table().Border(TableBorder.None);

    /// <summary>Begins with the headings; one that begins with <c>></c> is that of numbers, which are aligned to the right.</summary>
    public TextTable(params string[] headings)
    {
        foreach (var heading in headings)
        {
            var column = new TableColumn(Markup.Escape(heading.TrimStart('>'))).NoWrap();
            _table.AddColumn(heading.StartsWith('>') ? column.RightAligned() : column);
        }
    }

    /// <summary>What is drawn, for screens of several parts.</summary>
    public IRenderable Drawing => _table;

    public void AddRow(params string[] cells) => _table.AddRow([.. cells.Select(Markup.Escape)]);

    public void WriteTo(TextWriter output)
    {
        if (LiveScreen.IsTerminal(output))
        {
            AnsiConsole.Write(_table);
            return;
        }
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Unbounded;
        console.Write(_table);
        foreach (var line in text.ToString().TrimEnd().Split('\n')) output.WriteLine(line.TrimEnd());
    }
}
