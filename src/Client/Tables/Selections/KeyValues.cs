namespace EtsPersist.Mmf;

/// <summary>Values that keys are compared with, as keys.</summary>
internal static class KeyValues
{
    private const char FirstSurrogate = '\ud800';

    private static readonly HashSet<Type> Ordered =
    [
        typeof(float), typeof(double), typeof(Half), typeof(Guid), typeof(TimeSpan), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(bool),
    ];

    /// <summary>
    /// The value as a key whose encoding compares with every other as the values themselves do; null where there is none, and each row is to be asked.
    /// </summary>
    public static object? AsKey(object? value, Type keyType) => value switch
    {
        null => null,
        string text => keyType == typeof(string) && text.AsSpan().IndexOfAnyInRange(FirstSurrogate, char.MaxValue) < 0 ? text : null, // others sort otherwise as UTF-8
        DateTime moment => keyType == typeof(DateTime) && moment.Kind != DateTimeKind.Local ? value : null, // local time is stored as another number
        _ when value.GetType() == keyType && Ordered.Contains(keyType) => value,
        Enum => value.GetType() == keyType ? value : null,
        _ => IntegerKey.TryConvert(value, keyType, out var key) ? key : null,
    };
}
