namespace EtsPersist.Mmf;

/// <summary>A table file as its name tells: <c>NAME.INCARNATION.ets</c>.</summary>
/// <param name="Name">The table's name as its creator wrote it.</param>
/// <param name="Incarnation">Which table of that name: higher is later, none is used twice.</param>
/// <param name="Path">The full path of the file.</param>
public readonly record struct TableLocation(string Name, ulong Incarnation, string Path)
{
    /// <summary>The extension of table files.</summary>
    internal const string TableExtension = ".ets";

    /// <summary>The extension of a table's definition, beside the table file.</summary>
    internal const string DefinitionExtension = ".json";

    /// <summary>The path of the definition that belongs to the table file.</summary>
    internal string DefinitionPath => System.IO.Path.ChangeExtension(Path, DefinitionExtension);

    /// <summary>Reads a path; false where the file's name is not of the form, whatever the reason.</summary>
    internal static bool TryParse(string path, string extension, out TableLocation location)
    {
        location = default;
        var file = System.IO.Path.GetFileName(path.AsSpan());
        if (!file.EndsWith(extension, StringComparison.Ordinal)) return false;
        var stem = file[..^extension.Length];
        var dot = stem.LastIndexOf('.');
        if (dot <= 0) return false;
        var digits = stem[(dot + 1)..];
        if (digits.Length is 0 or > 20 || digits.ContainsAnyExceptInRange('0', '9') || !ulong.TryParse(digits, out var incarnation)) return false;
        var name = stem[..dot].ToString();
        try
        {
            location = new TableLocation(Names.RequireValid("table", name), incarnation, path);
            return true;
        }
        catch (InvalidNameException)
        {
            return false;
        }
    }
}
