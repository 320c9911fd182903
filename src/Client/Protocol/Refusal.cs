namespace EtsPersist.Mmf.Protocol;

/// <summary>Carries errors over the pipe by code and text.</summary>
internal static class Refusal
{
    public static EtsException ToException(RefusalCode code, string text) => code switch
    {
        RefusalCode.InvalidName => new InvalidNameException(text),
        RefusalCode.TableNotFound => new TableNotFoundException(text),
        RefusalCode.TableExists => new TableExistsException(text),
        RefusalCode.NotOwner => new NotOwnerException(text),
        RefusalCode.TableBroken => new CorruptTableException(text),
        RefusalCode.TableFull => new TableFullException(text),
        RefusalCode.TableKind => new TableKindException(text),
        RefusalCode.UnsupportedFileSystem => new UnsupportedFileSystemException(text),
        RefusalCode.TransferRejected => new TransferRejectedException(text),
        _ => new ManagerRefusedException(text),
    };

    public static RefusalCode CodeOf(EtsException error) => error switch
    {
        InvalidNameException => RefusalCode.InvalidName,
        TableNotFoundException or TableDroppedException => RefusalCode.TableNotFound,
        TableExistsException => RefusalCode.TableExists,
        NotOwnerException => RefusalCode.NotOwner,
        CorruptTableException or TableFormatException => RefusalCode.TableBroken,
        TableFullException => RefusalCode.TableFull,
        TableKindException => RefusalCode.TableKind,
        UnsupportedFileSystemException => RefusalCode.UnsupportedFileSystem,
        TransferRejectedException => RefusalCode.TransferRejected,
        _ => RefusalCode.Other,
    };
}
