namespace EtsPersist.Mmf.Client.Tests;

/// <summary>The folder of the solution, above that of the tests' program.</summary>
internal static class SolutionFolder
{
    private static readonly string Root = Find();

    /// <summary>The path of a file or folder in it.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "EtsPersist.Mmf.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException($"'{AppContext.BaseDirectory}' does not lie below the solution's folder.");
        }
        return folder;
    }
}
