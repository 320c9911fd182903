using System.Globalization;

namespace EtsPersist.Mmf.Chaos;

/// <summary>Rows that only make the table large. They are loaded before the work and must all be there after it.</summary>
internal static class FillerRows
{
    /// <summary>The command by which the driver starts itself as the table's first owner.</summary>
    public const string Command = "load";

    private const string Prefix = "#filler/";
    private const int RowsOfABatch = 1_000;

    /// <summary>Whether the key is one of filler.</summary>
    public static bool IsFiller(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether the row is one that was loaded, with the value it was loaded with.</summary>
    public static bool IsRight(string key, long value, long rows)
    {
        var digits = key.AsSpan(Prefix.Length);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row < rows && value == ValueOf(row);
    }

    /// <summary>Owns the table, loads the rows and lets it go.</summary>
    public static async Task LoadAsync(string directory, string instance, TableAccess access, long rows)
    {
        var options = new EtsWorkerOptions { Instance = instance, Directory = directory, ConnectTimeout = TimeSpan.FromMinutes(1) };
        await using var worker = await EtsWorker.ConnectAsync("wordcount", options);
        await using var table = await worker.OwnAsync<string, long>(Workspace.Table, new EtsTableOptions { Access = access });
        var batch = table.CreateBatch();
        for (var row = 0L; row < rows; row++)
        {
            batch.Insert(KeyOf(row), ValueOf(row));
            if ((row + 1) % RowsOfABatch != 0 && row + 1 < rows) continue;
            table.Commit(batch);
            batch.Clear();
            if ((row + 1) % (100 * RowsOfABatch) == 0) Console.WriteLine(row + 1);
        }
    }

    private static string KeyOf(long row) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{row}");

    private static long ValueOf(long row) => (row * 2_654_435_761) ^ 0x5EED;
}
