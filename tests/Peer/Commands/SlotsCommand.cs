using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>Takes writers' slots of one table, each by opening it again, writes a row through each and keeps them. Says <c>holding count</c>.</summary>
internal sealed class SlotsCommand : IPeerCommand
{
    public string Name => "slots";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        var writers = new List<TableFile>();
        for (var number = 0; number < arguments.Number("count"); number++)
        {
            writers.Add(TableFile.Open(arguments.Text("file"), writable: true));
            var slot = writers[number].Attach();
            writers[number].Insert(BitConverter.GetBytes(slot), BitConverter.GetBytes(number));
        }
        console.Say($"holding {writers.Count}");
        console.Listen();
        writers.ForEach(writer => writer.Dispose());
    }
}
