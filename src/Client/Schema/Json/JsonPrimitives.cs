using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;

namespace EtsPersist.Mmf;

/// <summary>The JSON forms of the primitives, by their names in schemas.</summary>
internal static class JsonPrimitives
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static readonly FrozenDictionary<string, JsonPrimitive> All = new Dictionary<string, JsonPrimitive>
    {
        ["int8"] = Number<sbyte>("int8"),
        ["int16"] = Number<short>("int16"),
        ["int32"] = Number<int>("int32"),
        ["int64"] = Number<long>("int64"),
        ["int128"] = Number<Int128>("int128"),
        ["uint8"] = Number<byte>("uint8"),
        ["uint16"] = Number<ushort>("uint16"),
        ["uint32"] = Number<uint>("uint32"),
        ["uint64"] = Number<ulong>("uint64"),
        ["uint128"] = Number<UInt128>("uint128"),
        ["float16"] = Number<Half>("float16"),
        ["float32"] = Number<float>("float32"),
        ["float64"] = Number<double>("float64"),
        ["decimal"] = Number<decimal>("decimal"),
        ["bool"] = new JsonPrimitive<bool>("bool", isBare: true, value => value ? "true" : "false", bool.Parse, true),
        ["char"] = Text("char", value => value.ToString(), char.Parse, 'a'),
        ["string"] = Text("string", value => value, text => text, "alice"),
        ["bytes"] = Text("bytes in base 64", Convert.ToBase64String, Convert.FromBase64String, "AQI="u8.ToArray()),
        ["guid"] = Text("guid", value => value.ToString(), Guid.Parse, new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)),
        ["timespan"] = Text(
            "timespan", value => value.ToString("c", Invariant), text => TimeSpan.ParseExact(text, "c", Invariant), TimeSpan.FromMinutes(90)),
        ["datetime"] = Text("datetime", value => value.ToString("O", Invariant), ParseDateTime, DateTime.UnixEpoch),
        ["datetimeoffset"] = Text(
            "datetimeoffset", value => value.ToString("O", Invariant), ParseMoment, DateTimeOffset.UnixEpoch),
        ["date"] = Text(
            "date", value => value.ToString("O", Invariant), text => DateOnly.Parse(text, Invariant), DateOnly.FromDayNumber(738_000)),
        ["time"] = Text("time", value => value.ToString("O", Invariant), text => TimeOnly.Parse(text, Invariant), new TimeOnly(9, 30)),
    }.ToFrozenDictionary();

    /// <summary>The JSON form of a primitive; null for what another serializer wrote.</summary>
    public static JsonPrimitive? Find(string name) => All.GetValueOrDefault(name);

    private static JsonPrimitive<T> Number<T>(string name) where T : INumber<T> =>
        new(name, isBare: true, value => value.ToString(null, Invariant), ParseNumber<T>, T.CreateTruncating(42));

    private static JsonPrimitive<T> Text<T>(string name, Func<T, string> format, Func<string, T> parse, T example) =>
        new(name, isBare: false, format, parse, example);

    private static T ParseNumber<T>(string text) where T : INumber<T> => T.Parse(text, NumberStyles.Float, Invariant);

    private static DateTime ParseDateTime(string text) =>
        DateTime.Parse(text, Invariant, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset ParseMoment(string text) => DateTimeOffset.Parse(text, Invariant, DateTimeStyles.AssumeUniversal);
}
