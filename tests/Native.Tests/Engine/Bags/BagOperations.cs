using System.Text;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>A bag in terms of strings.</summary>
internal static class BagOperations
{
    public static void Insert(this TableFile file, string key, string value) => file.Insert(TemporaryTable.Bytes(key), TemporaryTable.Bytes(value));

    public static bool InsertNew(this TableFile file, string key, string value) => file.InsertNew(TemporaryTable.Bytes(key), TemporaryTable.Bytes(value));

    public static bool Delete(this TableFile file, string key) => file.Delete(TemporaryTable.Bytes(key));

    public static int DeleteObject(this TableFile file, string key, string value) => file.DeleteObject(TemporaryTable.Bytes(key), TemporaryTable.Bytes(value));

    public static List<string> Lookup(this TableFile file, string key)
    {
        var page = new ScanPage();
        Assert.Equal(file.Lookup(TemporaryTable.Bytes(key), page), page.Count);
        return Values(page, key);
    }

    public static List<string> Take(this TableFile file, string key)
    {
        var page = new ScanPage();
        Assert.Equal(file.Take(TemporaryTable.Bytes(key), page), page.Count);
        return Values(page, key);
    }

    public static bool Commit(this TableFile file, Action<BatchPlan> fill, bool onlyIfAllNew = false)
    {
        var plan = new BatchPlan();
        fill(plan);
        return file.Commit(plan, onlyIfAllNew);
    }

    public static void Insert(this BatchPlan plan, string key, string value) => plan.Insert(TemporaryTable.Bytes(key), TemporaryTable.Bytes(value));

    public static void Delete(this BatchPlan plan, string key) => plan.Delete(TemporaryTable.Bytes(key));

    public static void DeleteObject(this BatchPlan plan, string key, string value) => plan.DeleteObject(TemporaryTable.Bytes(key), TemporaryTable.Bytes(value));

    /// <summary>All rows by a scan, which brings the rows of a key together.</summary>
    public static Dictionary<string, List<string>> ScanAll(this TableFile file)
    {
        var rows = new Dictionary<string, List<string>>();
        var page = new ScanPage();
        var last = "";
        for (var (cursor, more) = (0UL, true); more;)
        {
            more = file.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                var key = Encoding.UTF8.GetString(page.Key(row));
                if (!rows.TryGetValue(key, out var values))
                    rows.Add(key, values = []);
                else
                    Assert.Equal(last, key);
                values.Add(Encoding.UTF8.GetString(page.Value(row)));
                last = key;
            }
        }
        return rows;
    }

    private static List<string> Values(ScanPage page, string key)
    {
        var values = new List<string>();
        for (var row = 0; row < page.Count; row++)
        {
            Assert.Equal(key, Encoding.UTF8.GetString(page.Key(row)));
            values.Add(Encoding.UTF8.GetString(page.Value(row)));
        }
        return values;
    }
}
