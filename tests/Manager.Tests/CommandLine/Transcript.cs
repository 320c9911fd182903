using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EtsPersist.Mmf.Manager.CommandLine;

namespace EtsPersist.Mmf.Manager.Tests.CommandLine;

/// <summary>Command lines and what they printed, with what differs from run to run replaced by a word.</summary>
internal static partial class Transcript
{
    public static string ExpectedFolder => Path.Join(AppContext.BaseDirectory, "CommandLine", "Expected");

    public static IEnumerable<string> CommandLinesOf(string transcript) =>
        transcript.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..]);

    /// <summary>Runs command lines one after the other.</summary>
    public static async Task<string> PlayAsync(IEnumerable<string> commandLines, ExampleInstance instance)
    {
        var text = new StringBuilder();
        foreach (var commandLine in commandLines)
        {
            if (text.Length > 0) text.Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"$ {commandLine}\n");
            using var output = new StringWriter { NewLine = "\n" };
            using var error = new StringWriter { NewLine = "\n" };
            var words = Words(commandLine.Replace("FOLDER", instance.Folder, StringComparison.Ordinal));
            Assert.Equal("etspersist", words[0]);
            var inInstance = words.Contains("--version") ? [] : new[] { "--dir", instance.Root };
            var code = await EtsPersistProgram.RunAsync([.. words[1..], .. inInstance], output, error);
            text.Append(Stable(output.ToString(), instance));
            foreach (var line in Stable(error.ToString(), instance).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                text.Append(CultureInfo.InvariantCulture, $"! {line}\n");
            if (code != ExitCode.Success) text.Append(CultureInfo.InvariantCulture, $"exit code {code}\n");
        }
        return text.ToString();
    }

    /// <summary>The words of a command line, as a shell parts them.</summary>
    public static string[] Words(string commandLine) =>
        [.. Word().Matches(commandLine).Select(match => match.Value.Replace("'", "", StringComparison.Ordinal))];

    private static string Stable(string printed, ExampleInstance instance)
    {
        var stable = printed;
        foreach (var (path, name) in new[] { (instance.Folder, "FOLDER"), (instance.Root, "ROOT") })
            stable = stable.Replace(path, name, StringComparison.Ordinal).Replace(InJson(path), name, StringComparison.Ordinal);
        stable = PathInside().Replace(stable, path => path.Value.Replace(@"\\", "/", StringComparison.Ordinal).Replace('\\', '/'));
        stable = FileName().Replace(stable, "$1.N.ets");
        stable = TimeInJson().Replace(stable, "\"$1\":N");
        stable = QuarantineInJson().Replace(stable, "\"quarantineMs\":N");
        stable = WorkerId().Replace(Duration().Replace(stable, "TIME"), "#ID");
        stable = Aside().Replace(stable, ".ASIDE.");
        stable = Slot().Replace(AgeInJson().Replace(stable, "$1N"), "N");
        stable = Program().Replace(stable, "\"program\":\"PROGRAM\"");
        stable = SizeInJson().Replace(Size().Replace(stable, "N KiB"), "$1N");
        stable = Slabs().Replace(stable, line => Digits().Replace(line.Value, "N"));
        stable = LineEnds().Replace(stable.Replace(RootCommand.ExecutableName, "etspersist", StringComparison.Ordinal), "");
        if (!ProcessId().IsMatch(stable)) return stable;
        stable = Seconds().Replace(ProcessId().Replace(stable, "PID"), "TIME"); // what usually takes a millisecond may take a second
        return LineStarts().Replace(Spaces().Replace(stable, " "), ""); // the widths of columns are those of the ids in them
    }

    private static string InJson(string path) => path.Replace(@"\", @"\\", StringComparison.Ordinal);

    [GeneratedRegex("""(?:'[^']*'|[^\s'])+""")]
    private static partial Regex Word();

    [GeneratedRegex("""(FOLDER|ROOT)[^\s'"]*""")]
    private static partial Regex PathInside();

    [GeneratedRegex(@"\.?\b(\w+)\.\d{13,}\.ets")]
    private static partial Regex FileName();

    [GeneratedRegex("""("ageSeconds":|"pinnedSeconds":)\d+""")]
    private static partial Regex AgeInJson();

    [GeneratedRegex("""(?<="slot":|\b(?:yes|no) +)\d+""")]
    private static partial Regex Slot();

    [GeneratedRegex("\"program\":\"[^\"]*\"")]
    private static partial Regex Program();

    [GeneratedRegex(@"\b(\d+[mhd] )?\d+s\b")]
    private static partial Regex Seconds();

    [GeneratedRegex("\"(id|uptimeMs|registeredMs|agoMs|tookMicros)\":\\d+")]
    private static partial Regex TimeInJson();

    [GeneratedRegex("\"quarantineMs\":[1-9]\\d*")]
    private static partial Regex QuarantineInJson();

    [GeneratedRegex(@"\b[\d.]+ (µs|ms)")]
    private static partial Regex Duration();

    [GeneratedRegex(@"#\d+")]
    private static partial Regex WorkerId();

    [GeneratedRegex(@"\.[0-9a-f]{32}\.")]
    private static partial Regex Aside();

    [GeneratedRegex(@"[\d.]+ KiB")]
    private static partial Regex Size();

    [GeneratedRegex("(\"(?:bytes|slabBytes|reachableBytes|freeBytes|overheadBytes)\":)\\d+")]
    private static partial Regex SizeInJson();

    [GeneratedRegex("^.* bytes of slabs .*$", RegexOptions.Multiline)]
    private static partial Regex Slabs();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(" +$", RegexOptions.Multiline)]
    private static partial Regex LineEnds();

    [GeneratedRegex("^ ", RegexOptions.Multiline)]
    private static partial Regex LineStarts();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();

    private static Regex ProcessId() => new($@"\b{Environment.ProcessId}\b");
}
