using MessagePack;

namespace EtsPersist.Mmf.Client.Tests.Serializers;

/// <summary>Our records are what the package MessagePack writes for objects with numbered keys, so that either reads the other's.</summary>
public sealed class MessagePackCSharpRecordTests
{
    [Fact]
    public void Our_records_are_read_by_MessagePack_CSharp()
    {
        var codec = new RecordCodec<Shipment>();
        foreach (var shipment in Shipments())
        {
            var bytes = new byte[codec.MaxSize(shipment)];
            var length = codec.Encode(shipment, bytes);
            RequireEqual(shipment, MessagePackSerializer.Deserialize<Shipment>(bytes.AsMemory(0, length)));
        }
    }

    [Fact]
    public void The_objects_of_MessagePack_CSharp_are_read_as_our_records()
    {
        var codec = new RecordCodec<Shipment>();
        foreach (var shipment in Shipments()) RequireEqual(shipment, codec.Decode(MessagePackSerializer.Serialize(shipment)));
    }

    private static IEnumerable<Shipment> Shipments()
    {
        yield return new Shipment();
        yield return new Shipment
        {
            Number = long.MinValue,
            Name = "ß 🍺",
            Weight = 0.1,
            IsPaid = true,
            Label = [1, 2, 255],
            Stops = [1, -1, int.MaxValue],
            Prices = new() { ["a"] = 1, ["b"] = long.MaxValue },
            Next = new Shipment { Number = 2, Discount = 0.5f },
            Limit = 7,
            SentAt = new DateTime(2026, 11, 28, 3, 0, 0, DateTimeKind.Utc).AddTicks(1),
        };
    }

    private static void RequireEqual(Shipment expected, Shipment actual)
    {
        Assert.Equal(expected.Number, actual.Number);
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.Weight, actual.Weight);
        Assert.Equal(expected.IsPaid, actual.IsPaid);
        Assert.Equal(expected.Label, actual.Label);
        Assert.Equal(expected.Stops, actual.Stops);
        Assert.Equal(expected.Prices, actual.Prices);
        Assert.Equal(expected.Limit, actual.Limit);
        Assert.Equal(expected.SentAt, actual.SentAt);
        Assert.Equal(expected.Discount, actual.Discount);
        Assert.Equal(expected.Next is null, actual.Next is null);
        if (expected.Next is { } next) RequireEqual(next, actual.Next!);
    }

    [MessagePackObject]
    public sealed class Shipment
    {
        [Key(0), EtsMember(1)]
        public long Number { get; set; }

        [Key(1), EtsMember(2)]
        public string? Name { get; set; }

        [Key(2), EtsMember(3)]
        public double Weight { get; set; }

        [Key(3), EtsMember(4)]
        public bool IsPaid { get; set; }

        [Key(4), EtsMember(5)]
        public byte[]? Label { get; set; }

        [Key(5), EtsMember(6)]
        public int[]? Stops { get; set; }

        [Key(6), EtsMember(7)]
        public Dictionary<string, long>? Prices { get; set; }

        [Key(7), EtsMember(8)]
        public Shipment? Next { get; set; }

        [Key(8), EtsMember(9)]
        public int? Limit { get; set; }

        [Key(9), EtsMember(10)]
        public DateTime SentAt { get; set; } = DateTime.UnixEpoch;

        [Key(10), EtsMember(11)]
        public float Discount { get; set; }
    }
}
