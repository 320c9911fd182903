using System.Text;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Rows by number whose keys all belong to bucket 0 of a new table.</summary>
internal sealed class BucketRows(CrashTable table)
{
    private readonly string[] _keys = [.. table.KeysOfBucket(0, TableGeometry.InitialLevel).Take(32)];

    public CrashTable Table => table;

    public byte[] Bytes(string value) => Encoding.UTF8.GetBytes(Value(value));

    public byte[] Key(int number) => Encoding.UTF8.GetBytes(_keys[number]);

    /// <summary>A value as the table's format takes it: as it is, or 8 bytes of it.</summary>
    public string Value(string value) => table.Space.HasEntries ? value.PadRight(8)[..8] : value;

    public void Insert(int number, string value) => table.Insert(_keys[number], Value(value));

    public void Delete(int number) => table.Delete(_keys[number]);

    public void Fill(int rows)
    {
        for (var number = 0; number < rows; number++)
            Insert(number, "v1!");
    }
}
