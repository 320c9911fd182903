using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>
/// Every store of the engine at the seam, by its source. The first stores of a table are left out, which are made before anybody else may use it.
/// </summary>
internal static partial class EngineStores
{
    public static IReadOnlyList<StoreSite> All { get; } = [.. Directory.EnumerateFiles(Folder(), "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) != "TableFormatter.cs").SelectMany(In)];

    private static readonly ConcurrentDictionary<string, string[]> Sources = [];

    /// <summary>The line of the source that a store stands in, with the name of its file.</summary>
    public static string TextOf(StoreSite site) =>
        $"{Path.GetFileName(site.File)}: {Sources.GetOrAdd(site.File, File.ReadAllLines)[site.Line - 1].Trim()}";

    private static IEnumerable<StoreSite> In(string file) => File.ReadLines(file)
        .Select((text, index) => (Text: text, Line: index + 1))
        .Where(line => StoreCall().IsMatch(line.Text))
        .Select(line => new StoreSite(file, line.Line));

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../src/Native/Engine"));

    [GeneratedRegex(@"\bTMemory\.(Write|Release|CompareExchange|Fill)\(")]
    private static partial Regex StoreCall();
}
