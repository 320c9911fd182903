using System.CommandLine;
using System.Globalization;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Inspection;
using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>What the commands that move tables have in common.</summary>
internal static class OwnerChangeOutput
{
    private const double DefaultSeconds = 10;

    public static Option<double> PatienceOption() => new("--timeout")
    {
        Description = "How long to wait for the owner, 0 to 86400; 0 looks once.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => DefaultSeconds,
    };

    /// <exception cref="UsageException">The time is none.</exception>
    public static TimeSpan PatienceOf(ParseResult parsed, Option<double> option) => parsed.GetValue(option) is >= 0 and <= 86_400 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new UsageException("The option --timeout is 0 to 86400 seconds.");

    public static OwnerUnresponsiveException NotInTime(TableFacts before) => new(
        $"Process {before.OwnerProcessId} was told to let table '{before.Name}' go and has not done so yet: is it stopped, or of an older version? "
        + "It keeps the table. If it dies, the next worker gets it.");

    /// <summary>Says who has the table now.</summary>
    public static void Write(ParseResult parsed, TableFacts before, TableFacts after)
    {
        if (parsed.WantsJson())
        {
            JsonOutput.WriteLine(parsed.Output(), json =>
            {
                json.WriteStartObject();
                json.WriteString("table", after.Name);
                json.WriteString("state", ValueName.Of(after.State));
                json.WriteNumber("epoch", after.Epoch);
                if (before.OwnerProcessId is { } from) json.WriteNumber("fromPid", from);
                else json.WriteNull("fromPid");
                if (OwnerOf(after) is { } to) json.WriteNumber("ownerPid", to);
                else json.WriteNull("ownerPid");
                json.WriteEndObject();
            });
            return;
        }
        var now = OwnerOf(after) is { } owner ? string.Create(CultureInfo.InvariantCulture, $"owned by process {owner}") : ValueName.Of(after.State);
        parsed.Output().WriteLine($"{after.Name}: {now}, epoch {after.Epoch}; before by process {before.OwnerProcessId}, epoch {before.Epoch}");
    }

    private static int? OwnerOf(TableFacts table) => table.State == OwnershipState.Owned ? table.OwnerProcessId : null;
}
