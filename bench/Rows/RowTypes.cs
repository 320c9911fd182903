namespace EtsPersist.Mmf.Bench.Rows;

/// <summary>The types of rows as they are named in the table and in the JSON.</summary>
internal static class RowTypes
{
    public const string Numbers = "long→long";
    public const string Texts = "string16→64B";
    public const string TextCounters = "string16→long";
}
