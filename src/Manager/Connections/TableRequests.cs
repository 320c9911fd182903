using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Connections;

/// <summary>Checks what workers ask for.</summary>
internal static class TableRequests
{
    /// <summary>The definition of a table that a worker wants.</summary>
    /// <exception cref="EtsException">Something about it cannot be; the message says what.</exception>
    public static TableDefinition ToDefinition(CreateTableMessage request)
    {
        Names.RequireValid("table", request.Table);
        if (request.Role is not null) Names.RequireValid("role", request.Role);
        if (!Enum.IsDefined(request.Kind))
            throw new TableKindException($"Table '{request.Table}' cannot be made: this version has no kind of tables {request.Kind}.");
        if (!Enum.IsDefined(request.Access))
            throw new ManagerRefusedException($"Table '{request.Table}' cannot be made: this version has no access mode {request.Access}.");
        if (request.MaximumBytes is < TableDefinition.LeastMaximumBytes or > TableDefinition.MostMaximumBytes)
        {
            throw new ManagerRefusedException($"Table '{request.Table}' cannot be made: its MaximumBytes is {request.MaximumBytes}, "
                + $"which is not within {TableDefinition.LeastMaximumBytes} (16 MiB) to {TableDefinition.MostMaximumBytes} (1 TiB).");
        }
        if (!Enum.IsDefined(request.Rule))
            throw new ManagerRefusedException($"Table '{request.Table}' cannot be made: this version has no find-me rule {request.Rule}.");
        if (request.IsLocal && request.Access != TableAccess.Public)
            throw new ManagerRefusedException($"Table '{request.Table}' cannot be made: a local table has no owner who could write it, so its access is Public.");
        if (request.GiftData.Length > TableDefinition.MaximumGiftBytes)
            throw new ManagerRefusedException($"Table '{request.Table}' cannot be made: its gift data is longer than {TableDefinition.MaximumGiftBytes} bytes.");
        return new TableDefinition
        {
            Id = request.Table,
            Options = new TableFileOptions { Kind = request.Kind, Access = request.Access, MaximumBytes = request.MaximumBytes },
            FindMe = request.Role is null ? null : new FindMe(request.Role, request.Rule),
            IsLocal = request.IsLocal,
            GiftData = request.GiftData,
            GoesToCreator = request.GoesToCreator,
        };
    }
}
