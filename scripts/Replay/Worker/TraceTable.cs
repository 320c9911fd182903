using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Replay;

/// <summary>
/// Carries out recorded operations, each by the call of the public client that stands for it. It knows no answers of its own: what an operation
/// throws where ETS says <c>badarg</c> becomes that, and any other error is told as it is.
/// </summary>
internal sealed partial class TraceTable<TKey>(EtsTable<TKey, Value> table)
{
    private const int CountPosition = 2;
    private const int TextPosition = 3;

    private bool IsBag => table.Kind is TableKind.Bag or TableKind.DuplicateBag;

    /// <summary>The answer to an operation.</summary>
    public JsonNode? Answer(JsonNode operation)
    {
        try
        {
            var name = operation["op"]!.GetValue<string>();
            return TryWrite(name, operation, out var answer) || TryRead(name, operation, out answer) || TrySelect(name, operation, out answer)
                ? answer
                : Error($"There is no operation '{name}'.");
        }
        catch (Exception error) when (error is KeyMissingException or CounterException or TableKindException)
        {
            return Error("badarg");
        }
        catch (Exception error)
        {
            return Error($"{error.GetType().Name}: {error.Message}");
        }
    }

    private static JsonObject Error(string error) => new() { ["error"] = error };

    private static JsonNode True(Action action)
    {
        action();
        return true;
    }

    /// <summary>The element of a row at one of the positions behind the key.</summary>
    private static Func<Value, JsonNode> Element(JsonNode operation) => operation["position"]!.GetValue<int>() switch
    {
        CountPosition => value => value.Count,
        TextPosition => value => value.Text,
        var position => throw new FormatException($"The recording asks for position {position}."),
    };
}
