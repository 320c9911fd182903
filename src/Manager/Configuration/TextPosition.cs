using System.Text;

namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>A place in a text file for a person to find it: line and column count from 1, columns in characters.</summary>
internal readonly record struct TextPosition(int Line, int Column)
{
    public static TextPosition At(ReadOnlySpan<byte> utf8, long offset)
    {
        var before = utf8[..(int)Math.Clamp(offset, 0, utf8.Length)];
        var line = before.Count((byte)'\n') + 1;
        var start = before.LastIndexOf((byte)'\n') + 1;
        return new TextPosition(line, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }

    public override string ToString() => $"line {Line}, column {Column}";
}
