namespace EtsPersist.Mmf.Protocol;

/// <summary>The first element of every message. Numbers are never reused.</summary>
internal enum MessageType : byte
{
    Hello = 1,
    Welcome = 2,
    Done = 3,
    Refused = 4,
    Register = 5,
    Claim = 6,
    Claimed = 7,
    Unclaim = 8,
    CreateTable = 9,
    TableCreated = 10,
    Offer = 11,
    Accepted = 12,
    Declined = 13,
    Released = 14,
    DropTable = 15,
    ListTables = 16,
    TableList = 17,
    ClaimRefused = 18,

    // Version 2.
    RenameTable = 19,
    GiveAway = 20,
    PrepareRelease = 21,
    SetHeir = 22,
    ListWorkers = 23,
    WorkerList = 24,
    DescribeTable = 25,
    EndQuarantine = 26,
    Heartbeat = 27,

    // Of operators, who are no workers.
    OperateTable = 40,
    Relinquish = 41,
    GetStatus = 42,
    Status = 43,
}
