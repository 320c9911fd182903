using System.Globalization;

namespace EtsPersist.Mmf.Manager.Inspection;

/// <summary>
/// Which processes have a file mapped. Readers leave no trace in a table, but the kernel knows them; other users' are not told.
/// </summary>
internal static class MappedFiles
{
    private const int FlagsField = 6;

    /// <summary>The kernel's PF_FORKNOEXEC.</summary>
    private const uint ForkedNoProgram = 0x40;

    /// <summary>The processes, in the order of their ids; none where the system does not tell.</summary>
    public static IReadOnlyList<int> ProcessesOf(string path)
    {
        if (!OperatingSystem.IsLinux()) return [];
        var ending = " " + Path.GetFullPath(path);
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var isProcess = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var processId);
            // Asked first: what is a program of its own by then has the mappings of that program.
            if (isProcess && !IsJustForked(folder) && HasMapped(folder, ending)) found.Add(processId);
        }
        found.Sort();
        return found;
    }

    /// <summary>A child that its parent is about to start a program in shares the parent's mappings and is nobody yet.</summary>
    private static bool IsJustForked(string folder)
    {
        try
        {
            // The fields stand behind the name in brackets, which may contain anything.
            var status = File.ReadAllText(Path.Join(folder, "stat"));
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return (uint.Parse(fields[FlagsField], CultureInfo.InvariantCulture) & ForkedNoProgram) != 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // gone meanwhile
        }
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
