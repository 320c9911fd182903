namespace EtsPersist.Mmf.Chaos;

/// <summary>The text for a run that names none.</summary>
internal static class DefaultText
{
    private const string Licences = "/usr/share/common-licenses";

    /// <summary>Writes the licence texts of the system one after the other, or the project's documents where there are none.</summary>
    /// <returns>The path.</returns>
    public static string Write(string path)
    {
        using var text = File.Create(path);
        foreach (var source in Sources())
        {
            using var part = File.OpenRead(source);
            part.CopyTo(text);
        }
        return text.Length > 0 ? path : throw new UsageException("There is no text to work on here: name one by --input FILE.");
    }

    private static string[] Sources()
    {
        var licences = Directory.Exists(Licences) ? Regular(Licences, "*", SearchOption.TopDirectoryOnly) : [];
        return licences.Length > 0 || ProjectRoot() is not { } root ? licences : Regular(root, "*.md", SearchOption.AllDirectories);
    }

    private static string[] Regular(string folder, string pattern, SearchOption depth)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles(pattern, depth).Where(file => file.LinkTarget is null);
        return [.. files.Select(file => file.FullName).Order(StringComparer.Ordinal)];
    }

    private static string? ProjectRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EtsPersist.Mmf.sln"))) folder = folder.Parent;
        return folder?.FullName;
    }
}
