using System.Text.Json;

namespace EtsPersist.Mmf.Manager;

/// <summary>The name of an enum's value as configurations, JSON, events, metrics and commands have it.</summary>
internal static class ValueName
{
    /// <summary>In camelCase, such as <c>ownerDied</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
