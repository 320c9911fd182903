using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>Frames that no client sends: random bytes, and true messages with bits turned, cut, doubled or grown.</summary>
internal sealed class HostileFrames(int seed)
{
    private const int LongestRandom = 2_000;
    private const int MostInBurst = 20;

    // None of these makes a table or keeps a claim, whole or with bits turned, of which it takes six to make that name one: what a legal request leaves
    // behind is no leak.
    private static readonly byte[][] Seeds =
    [
        MessageCodec.Encode(1, new HelloMessage(1, ProtocolVersion.Maximum, "client", "0.1")),
        MessageCodec.Encode(2, new RegisterMessage("billing", 0, [new OwnedTable("accounts", 3)])),
        MessageCodec.Encode(0, new AcceptedMessage("accounts", 1)),
        MessageCodec.Encode(0, new DeclinedMessage("accounts", 1, "no")),
        MessageCodec.Encode(0, new ReleasedMessage("accounts", 1)),
        MessageCodec.Encode(5, new ListTablesMessage(null)),
        MessageCodec.Encode(6, new DropTableMessage("accounts")),
        MessageCodec.Encode(7, new CreateTableMessage("//////", TableKind.Set, TableAccess.Public, 16 << 20, new byte[9], "billing")),
        MessageCodec.Encode(0, new UnclaimMessage("accounts")),
    ];

    private readonly Random _random = new(seed);

    public int NextBurst() => _random.Next(1, MostInBurst);

    public byte[] Next() => _random.Next(5) switch
    {
        0 => RandomBytes(),
        1 => Turned(),
        2 => Cut(),
        3 => [.. Pick(), .. Pick()],
        _ => Grown(),
    };

    private byte[] Pick() => Seeds[_random.Next(Seeds.Length)];

    private byte[] RandomBytes()
    {
        var bytes = new byte[_random.Next(1, LongestRandom)];
        _random.NextBytes(bytes);
        if (_random.Next(2) == 0) BitConverter.TryWriteBytes(bytes.AsSpan(0, Math.Min(4, bytes.Length) / 4 * 4), bytes.Length - 4);
        return bytes;
    }

    private byte[] Turned()
    {
        var bytes = (byte[])Pick().Clone();
        for (var turns = _random.Next(1, 6); turns > 0; turns--) bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
        return bytes;
    }

    private byte[] Cut()
    {
        var whole = Pick();
        return whole[..^_random.Next(1, whole.Length)];
    }

    /// <summary>A frame whose length says more, or less, than its message has.</summary>
    private byte[] Grown()
    {
        var bytes = (byte[])Pick().Clone();
        BitConverter.TryWriteBytes(bytes, _random.Next(0, 2 * bytes.Length));
        return [.. bytes, .. RandomBytes()];
    }
}
