using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>Creates many tables of the default capacity, keeps all open, writes and reads each. Says <c>open count</c>.</summary>
internal sealed class ManyTablesCommand : IPeerCommand
{
    public string Name => "many-tables";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        var tables = new List<TableFile>();
        try
        {
            for (var number = 0; number < arguments.Number("count"); number++)
            {
                var path = Path.Combine(arguments.Text("folder"), $"many-{number}.ets");
                tables.Add(TableFile.Create(path, $"many-{number}", 1, new TableFileOptions { Access = TableAccess.Public }));
                tables[number].Insert(BitConverter.GetBytes(number), BitConverter.GetBytes(-number));
            }
            var value = new byte[sizeof(int)];
            for (var number = 0; number < tables.Count; number++)
            {
                var status = tables[number].Read(BitConverter.GetBytes(number), value, out _);
                if (status != ReadStatus.Found || BitConverter.ToInt32(value) != -number)
                    throw new InvalidOperationException($"Table {number} does not have its row.");
            }
            console.Say($"open {tables.Count}");
            console.Listen();
        }
        finally
        {
            tables.ForEach(table => table.Dispose());
        }
    }
}
