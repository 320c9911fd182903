using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Replay;

internal sealed partial class TraceTable<TKey>
{
    private bool TryWrite(string name, JsonNode operation, out JsonNode? answer)
    {
        answer = name switch
        {
            "insert" => True(() => Insert(Json<TKey>.Row(operation["row"]))),
            "insert_list" => True(() => table.InsertMany(Json<TKey>.Rows(operation["rows"]))),
            "insert_new" => InsertNew(Json<TKey>.Row(operation["row"])),
            "insert_new_list" => table.InsertNewMany(Json<TKey>.Rows(operation["rows"])),
            "take" => Json<TKey>.Of(Json<TKey>.Key(operation), table.TakeAll(Json<TKey>.Key(operation))),
            "delete" => True(() => table.Delete(Json<TKey>.Key(operation))),
            "delete_object" => True(() => DeleteObject(Json<TKey>.Row(operation["row"]))),
            "delete_all_objects" => True(table.DeleteAll),
            "update_counter" => UpdateCounter(operation),
            "update_element" => UpdateElement(operation),
            _ => null,
        };
        return answer is not null;
    }

    private void Insert(KeyValuePair<TKey, Value> row) => table.Insert(row.Key, row.Value);

    private bool InsertNew(KeyValuePair<TKey, Value> row) => table.InsertNew(row.Key, row.Value);

    private void DeleteObject(KeyValuePair<TKey, Value> row) => table.DeleteObject(row.Key, row.Value);

    private JsonNode UpdateCounter(JsonNode operation)
    {
        var key = Json<TKey>.Key(operation);
        var increment = operation["incr"]!.GetValue<long>();
        if (operation["default"] is { } initial) return table.UpdateCounter(key, value => value.Count, increment, Json<TKey>.Row(initial).Value);
        return operation["threshold"] is { } threshold
            ? table.UpdateCounter(key, value => value.Count, new CounterUpdate(increment, threshold.GetValue<long>(), operation["set"]!.GetValue<long>()))
            : table.UpdateCounter(key, value => value.Count, increment);
    }

    private JsonNode UpdateElement(JsonNode operation)
    {
        var key = Json<TKey>.Key(operation);
        return operation["position"]!.GetValue<int>() switch
        {
            CountPosition => table.UpdateElement(key, value => value.Count, operation["value"]!.GetValue<long>()),
            TextPosition => table.UpdateElement(key, value => value.Text, operation["value"]!.GetValue<string>()),
            var position => throw new FormatException($"The recording asks for position {position}."),
        };
    }
}
