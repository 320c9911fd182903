using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Replay;

internal sealed partial class TraceTable<TKey>
{
    private bool TrySelect(string name, JsonNode operation, out JsonNode? answer)
    {
        answer = name switch
        {
            "select" => Rows(table.Select(CountIsGreater(operation))),
            "select_count" => table.SelectCount(CountIsGreater(operation)),
            "select_delete" => table.SelectDelete(CountIsGreater(operation)),
            "select_replace_add_one" => table.SelectReplace(CountIsGreater(operation), row => row.Value with { Count = row.Value.Count + 1 }),
            "match_object_text" => Rows(table.Select(TextIs(operation["text"]!.GetValue<string>()))),
            "range" => Json<TKey>.Of(table.Range(Json<TKey>.Key(operation, "from"), Json<TKey>.Key(operation, "to"))),
            "pages" => Pages(operation["limit"]!.GetValue<int>()),
            "to_list" => Rows(table.ToList()),
            _ => null,
        };
        return answer is not null;
    }

    private static Func<KeyValuePair<TKey, Value>, bool> CountIsGreater(JsonNode operation)
    {
        var than = operation["count_greater_than"]!.GetValue<long>();
        return row => row.Value.Count > than;
    }

    private static Func<KeyValuePair<TKey, Value>, bool> TextIs(string text) => row => row.Value.Text == text;

    /// <summary>Where keys have no order, the recording has that of the keys; the order within a key is the table's own.</summary>
    private JsonArray Rows(IEnumerable<KeyValuePair<TKey, Value>> rows) =>
        Json<TKey>.Of(table.Kind == TableKind.OrderedSet ? rows : rows.OrderBy(row => row.Key, Json<TKey>.KeyOrder));

    /// <summary>All pages that have rows; where ETS says that the table has ended, there is a last one without.</summary>
    private JsonArray Pages(int limit)
    {
        var pages = new JsonArray();
        EtsContinuation? continuation = null;
        do
        {
            var page = table.SelectPage(_ => true, limit, continuation);
            if (page.Rows.Count > 0) pages.Add(Json<TKey>.Of(page.Rows));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return pages;
    }
}
