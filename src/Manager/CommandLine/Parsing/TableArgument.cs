using System.CommandLine;
using System.CommandLine.Completions;

namespace EtsPersist.Mmf.Manager.CommandLine.Parsing;

/// <summary>The argument that names a table; shells complete it with the tables of the instance.</summary>
internal static class TableArgument
{
    public static Argument<string> Create(string description = "The table's name; case does not count.", string name = "TABLE")
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.CompletionSources.Add(context =>
        {
            try
            {
                var names = context.ParseResult.InstanceDirectory().AllTables().Select(table => table.Name);
                return names.Distinct(StringComparer.OrdinalIgnoreCase).Select(found => new CompletionItem(found));
            }
            catch (Exception error) when (error is EtsException or IOException or UnauthorizedAccessException)
            {
                return []; // a shell that completes is no place for errors
            }
        });
        return argument;
    }

    /// <summary>The same where a file may be named as well.</summary>
    public static Argument<string> CreateForFile() =>
        Create("A table's name, or the path of a table file.", "FILE|TABLE");
}
