using System.Text;
using System.Text.Json;

namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>
/// Reads JSON strictly and names the place of every mistake. A thin layer over <see cref="Utf8JsonReader"/>, which knows the position of
/// each token; a document model would have forgotten it.
/// </summary>
internal ref struct JsonObjectReader
{
    private readonly string _file;
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;

    public JsonObjectReader(string file, ReadOnlySpan<byte> text)
    {
        _file = file;
        _text = text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
        _reader = new Utf8JsonReader(_text, new JsonReaderOptions { MaxDepth = 64 });
    }

    public readonly long Offset => _reader.TokenStartIndex;

    /// <summary>Moves to the next token, which must exist.</summary>
    public void Next(string expected)
    {
        if (!Read()) throw ErrorAt(_text.Length, $"the file ends where {expected} is expected");
    }

    /// <summary>The end of the text: only white space may follow.</summary>
    public void RequireEnd()
    {
        if (Read()) throw Error("nothing may follow the object");
    }

    public readonly void RequireObject(string what) => Require(JsonTokenType.StartObject, what, "an object");

    public readonly void RequireArray(string what) => Require(JsonTokenType.StartArray, what, "an array");

    /// <summary>Inside an object: its next member's name, with the reader on the member's value, or null at its end.</summary>
    public string? NextMember(string what, ReadOnlySpan<string> known, HashSet<string> seen)
    {
        Next($"a member of {what}");
        if (_reader.TokenType == JsonTokenType.EndObject) return null;
        var name = _reader.GetString()!;
        if (!known.Contains(name)) throw Error($"{what} has no member '{name}'; its members are {string.Join(", ", known.ToArray())}");
        if (!seen.Add(name)) throw Error($"{what} has the member '{name}' twice");
        Next($"the value of '{name}'");
        return name;
    }

    /// <summary>Inside an array: whether there is a next element, with the reader on it.</summary>
    public bool NextElement(string what)
    {
        Next($"an element of {what}");
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    public readonly string GetText(string what)
    {
        Require(JsonTokenType.String, what, "a string");
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Error($"{what} is no valid UTF-8 text");
        }
    }

    public readonly long GetInteger(string what)
    {
        Require(JsonTokenType.Number, what, "an integer");
        return _reader.TryGetInt64(out var value) ? value : throw Error($"{what} must be an integer of 64 bits");
    }

    public readonly bool GetBoolean(string what) => _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Error($"{what} must be true or false, not {Describe(_reader.TokenType)}"),
    };

    public readonly byte[] GetBase64(string what)
    {
        Require(JsonTokenType.String, what, "a string");
        return _reader.TryGetBytesFromBase64(out var bytes) ? bytes : throw Error($"{what} is no base 64 text");
    }

    /// <summary>Skips one value of any type and returns its text as it stands in the file.</summary>
    public ReadOnlyMemory<byte> GetRaw()
    {
        var start = (int)_reader.TokenStartIndex;
        try
        {
            _reader.Skip();
        }
        catch (JsonException error)
        {
            throw Broken(error);
        }
        return _text[start..(int)_reader.BytesConsumed].ToArray();
    }

    public readonly ConfigurationException Error(string message) => ErrorAt(_reader.TokenStartIndex, message);

    public readonly ConfigurationException ErrorAt(long offset, string message) =>
        new($"Configuration '{_file}', {TextPosition.At(_text, offset)}: {message}.");

    private readonly void Require(JsonTokenType type, string what, string expected)
    {
        if (_reader.TokenType != type) throw Error($"{what} must be {expected}, not {Describe(_reader.TokenType)}");
    }

    private bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (JsonException error)
        {
            throw Broken(error);
        }
    }

    private readonly ConfigurationException Broken(JsonException error)
    {
        // The exception counts lines and bytes from 0; its message repeats them and is cut before that.
        var line = (int)(error.LineNumber ?? 0);
        var lineStart = 0;
        for (var i = 0; i < line; i++) lineStart += _text[lineStart..].IndexOf((byte)'\n') + 1;
        var position = TextPosition.At(_text, lineStart + (error.BytePositionInLine ?? 0));
        var text = error.Message;
        var cut = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new ConfigurationException($"Configuration '{_file}', {position}: no valid JSON: {(cut < 0 ? text : text[..cut])}", error);
    }

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "the end of an object or array",
    };
}
