namespace EtsPersist.Mmf;

/// <summary>Errors for types that cannot be stored.</summary>
internal static class UnsupportedType
{
    private const string Remedy = "Use a built-in type, a record of such, mark the member [EtsIgnore], or give Codecs an ICodec of your own.";

    public static UnsupportedTypeException Of(Type type, string why) => new($"The type {type} cannot be stored: {why}. {Remedy}");

    public static UnsupportedTypeException Member(Type type, string member, string why, Exception? cause = null) =>
        new($"The member {member} of {type} cannot be stored: {why}. {Remedy}", cause);
}
