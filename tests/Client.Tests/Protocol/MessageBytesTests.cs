using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Client.Tests.Protocol;

/// <summary>The bytes of every message, so that no change of the code changes the protocol unnoticed.</summary>
public sealed class MessageBytesTests
{
    [Fact]
    public void Hello() => Check(1, new HelloMessage(1, 2, "client", "0.1"), "10000000 96 01 01 01 02 a6636c69656e74 a3302e31");

    [Fact]
    public void Welcome() => Check(1, new WelcomeMessage(1, "shop", 300, 7, "0.1"), "12000000 98 02 01 01 a473686f70 cd012c 07 a3302e31 00");

    [Fact]
    public void Done() => Check(200, new DoneMessage(), "04000000 92 03 ccc8");

    [Fact]
    public void Refused() => Check(3, new RefusedMessage(RefusalCode.TableExists, "no"), "07000000 94 04 03 06 a26e6f");

    [Fact]
    public void Register() =>
        Check(2, new RegisterMessage("billing", -1, [new OwnedTable("t", 9)]), "12000000 96 05 02 a762696c6c696e67 ff 91 92a17409 00");

    [Fact]
    public void Claim() => Check(4, new ClaimMessage("t", 1000), "08000000 94 06 04 a174 cd03e8");

    [Fact]
    public void Claimed() => Check(4, new ClaimedMessage("t.1.ets"), "0b000000 93 07 04 a7742e312e657473");

    [Fact]
    public void Claimed_without_a_table() => Check(4, new ClaimedMessage(null), "04000000 93 07 04 c0");

    [Fact]
    public void Unclaim() => Check(0, new UnclaimMessage("t"), "05000000 93 08 00 a174");

    [Fact]
    public void Create_table() => Check(
        5,
        new CreateTableMessage("t", TableKind.Set, TableAccess.Public, 16 << 20, new byte[] { 1, 2 }, "billing"),
        "1c000000 9c 09 05 a174 01 02 ce01000000 c4020102 a762696c6c696e67 c2 c2 00 c2");

    [Fact]
    public void Table_created() => Check(5, new TableCreatedMessage("t.1.ets", true), "0c000000 94 0a 05 a7742e312e657473 c3");

    [Fact]
    public void Offer() => Check(
        0,
        new OfferMessage("t", "t.1.ets", 3, TransferReason.OwnerDied, 77, "billing", new byte[] { 9 }),
        "1c000000 9a 0b 00 a174 a7742e312e657473 03 02 4d a762696c6c696e67 c40109 c0");

    [Fact]
    public void Offer_of_a_table_whose_owner_is_known_to_have_been_killed() => Check(
        0,
        new OfferMessage("t", "t.1.ets", 3, TransferReason.OwnerDied, 77, "billing", new byte[] { 9 }) { ExitStatus = 137 },
        "1d000000 9a 0b 00 a174 a7742e312e657473 03 02 4d a762696c6c696e67 c40109 cc89");

    [Fact]
    public void Accepted() => Check(0, new AcceptedMessage("t", 3), "06000000 94 0c 00 a174 03");

    [Fact]
    public void Declined() => Check(0, new DeclinedMessage("t", 3, "no"), "09000000 95 0d 00 a174 03 a26e6f");

    [Fact]
    public void Released() => Check(0, new ReleasedMessage("t", 3), "06000000 94 0e 00 a174 03");

    [Fact]
    public void Drop_table() => Check(6, new DropTableMessage("t"), "05000000 93 0f 06 a174");

    [Fact]
    public void List_tables() => Check(7, new ListTablesMessage(null), "04000000 93 10 07 c0");

    [Fact]
    public void Table_list()
    {
        var summary = new TableSummary
        {
            Table = "t",
            FileName = "t.1.ets",
            Kind = TableKind.Set,
            Access = TableAccess.Protected,
            State = OwnershipState.Owned,
            Epoch = 3,
            OwnerProcessId = 77,
            Role = "billing",
            Waiting = 2,
        };
        Check(7, new TableListMessage([summary], false), "2a000000 94 11 07 91 dc0013 a174 a7742e312e657473 01 01 02 03 4d a762696c6c696e67 02 c0 c0 00 00 c2 00 00 00 00 00 c2");
    }

    [Fact]
    public void Claim_refused() => Check(0, new ClaimRefusedMessage("t", RefusalCode.OtherRole, "no"), "09000000 95 12 00 a174 08 a26e6f");

    [Fact]
    public void Rename_table() => Check(8, new RenameTableMessage("t", "u"), "07000000 94 13 08 a174 a175");

    [Fact]
    public void Give_away() => Check(9, new GiveAwayMessage("t", 3, 77, 5, new byte[] { 9 }), "0b000000 97 14 09 a174 03 4d 05 c40109");

    [Fact]
    public void Prepare_release() => Check(10, new PrepareReleaseMessage("t", 3, new byte[] { 9 }), "09000000 95 15 0a a174 03 c40109");

    [Fact]
    public void Set_heir() => Check(11, new SetHeirMessage("t", 3, 0, 0, default), "09000000 97 16 0b a174 03 00 00 c0");

    [Fact]
    public void List_workers() => Check(12, new ListWorkersMessage(), "03000000 92 17 0c");

    [Fact]
    public void Worker_list() => Check(
        12,
        new WorkerListMessage([new WorkerSummary { WorkerId = 5, ProcessId = 77, Role = "r", Priority = -1, RegisteredMilliseconds = 1000, Owned = 2, Waiting = 1 }]),
        "12000000 93 18 0c 91 9a 05 4d a172 ff cd03e8 02 01 00 00 00");

    [Fact]
    public void Describe_table() => Check(13, new DescribeTableMessage("t"), "05000000 93 19 0d a174");

    [Fact]
    public void End_quarantine() => Check(14, new EndQuarantineMessage("t"), "05000000 93 1a 0e a174");

    [Fact]
    public void Heartbeat() => Check(0, new HeartbeatMessage(), "03000000 92 1b 00");

    private static void Check<T>(uint id, T message, string hex) where T : IMessage<T>
    {
        var frame = MessageCodec.Encode(id, message);
        Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(frame));
        var decoded = MessageCodec.Decode<T>(frame.AsSpan(FrameLimits.HeaderBytes), out var decodedId);
        Assert.Equal(id, decodedId);
        Assert.Equal(frame, MessageCodec.Encode(decodedId, decoded));
    }
}
