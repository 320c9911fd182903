namespace EtsPersist.Mmf.Protocol;

/// <summary>Why a request was refused; each code becomes one exception type at the other end. Numbers are never reused.</summary>
internal enum RefusalCode : byte
{
    /// <summary>For codes of a later version too: the text says it.</summary>
    Other = 0,
    UnsupportedVersion = 1,
    UnknownRequest = 2,
    NotRegistered = 3,
    InvalidName = 4,
    TableNotFound = 5,
    TableExists = 6,
    NotOwner = 7,
    OtherRole = 8,
    TableBroken = 9,
    TableFull = 10,
    TableKind = 11,
    UnsupportedFileSystem = 12,
    Stopping = 13,
    TransferRejected = 14,
}
