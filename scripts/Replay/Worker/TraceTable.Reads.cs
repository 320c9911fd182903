using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Replay;

internal sealed partial class TraceTable<TKey>
{
    private static readonly JsonNode[] NoElements = [];

    private bool TryRead(string name, JsonNode operation, out JsonNode? answer)
    {
        answer = name switch
        {
            "lookup" => Json<TKey>.Of(Json<TKey>.Key(operation), table.Lookup(Json<TKey>.Key(operation))),
            "member" => table.ContainsKey(Json<TKey>.Key(operation)),
            "lookup_element" => IsBag ? LookupElements(operation) : LookupElement(operation),
            "size" => table.Count,
            "first" => table.TryFirst(out var key) ? Json<TKey>.Of(key) : null,
            "last" => table.TryLast(out var key) ? Json<TKey>.Of(key) : null,
            "next" => table.TryNext(Json<TKey>.Key(operation), out var key) ? Json<TKey>.Of(key) : null,
            "prev" => table.TryPrevious(Json<TKey>.Key(operation), out var key) ? Json<TKey>.Of(key) : null,
            _ => null,
        };
        return answer is not null || name is "first" or "last" or "next" or "prev"; // which have null as an answer
    }

    private JsonNode? LookupElement(JsonNode operation)
    {
        var key = Json<TKey>.Key(operation);
        return operation["default"] is { } missing
            ? table.LookupElement(key, Element(operation), missing.DeepClone())
            : table.LookupElement(key, Element(operation));
    }

    /// <summary>Where there are no rows, ETS answers with the default itself, in the place of a list.</summary>
    private JsonNode LookupElements(JsonNode operation)
    {
        var key = Json<TKey>.Key(operation);
        if (operation["default"] is not { } missing) return new JsonArray([.. table.LookupElements(key, Element(operation))]);
        var elements = table.LookupElements(key, Element(operation), NoElements);
        return ReferenceEquals(elements, NoElements) ? missing.DeepClone() : new JsonArray([.. elements]);
    }
}
