using System.Buffers;
using System.Globalization;

namespace EtsPersist.Mmf;

/// <summary>The rule for the names of tables, roles and instances. They become file names on every system.</summary>
public static class Names
{
    /// <summary>The most characters of a name.</summary>
    public const int MaximumLength = 100;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static readonly SearchValues<string> Devices = SearchValues.Create(
        [
            "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
            "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the name if it is valid.</summary>
    /// <param name="kind">What it names, for the message: table, role or instance.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="InvalidNameException">The name is not 1 to 100 characters of A-Z a-z 0-9 . _ -, begins with a dot, or is a device's
    /// on Windows.</exception>
    public static string RequireValid(string kind, string? name)
    {
        if (string.IsNullOrEmpty(name)) throw Invalid(kind, "is empty");
        if (name.Length > MaximumLength) throw Invalid(kind, $"'{name[..20]}…' has {name.Length} characters");
        var wrong = name.AsSpan().IndexOfAnyExcept(Allowed);
        if (wrong >= 0) throw Invalid(kind, $"'{Printable(name)}' has {Describe(name[wrong])} at index {wrong}");
        if (name[0] == '.') throw Invalid(kind, $"'{name}' begins with a dot");
        if (Devices.Contains(name.Split('.')[0]))
            throw Invalid(kind, $"'{name}' is the name of a device on Windows and cannot be a file there");
        return name;
    }

    private static string Describe(char character) => char.IsControl(character) || char.IsSurrogate(character)
        ? string.Create(CultureInfo.InvariantCulture, $"the character U+{(int)character:X4}")
        : $"the character '{character}'";

    private static string Printable(string name) =>
        string.Concat(name.Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character));

    private static InvalidNameException Invalid(string kind, string why) =>
        new($"The {kind} name {why}. A name is 1 to {MaximumLength} characters of A-Z a-z 0-9 . _ - and does not begin with a dot.");
}
