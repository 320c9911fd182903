using System.Globalization;

namespace EtsPersist.Mmf.Manager.Inspection;

/// <summary>
/// Which processes have a file mapped. Readers leave no trace in a table, but the kernel knows them; other users' are not told.
/// </summary>
internal static class MappedFiles
{
    /// <summary>The processes, in the order of their ids; none where the system does not tell.</summary>
    public static IReadOnlyList<int> ProcessesOf(string path)
    {
        if (!OperatingSystem.IsLinux()) return [];
        var ending = " " + Path.GetFullPath(path);
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var isProcess = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var processId);
            if (isProcess && HasMapped(folder, ending)) found.Add(processId);
        }
        found.Sort();
        return found;
    }

    private static bool HasMapped(string folder, string ending)
    {
        try
        {
            return File.ReadLines(Path.Join(folder, "maps")).Any(line => line.EndsWith(ending, StringComparison.Ordinal));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // another user's, or gone meanwhile
        }
    }
}
