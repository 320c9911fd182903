namespace EtsPersist.Mmf.Peer;

/// <summary>Something a peer process does until it has done it, is told to stop, or is killed.</summary>
internal interface IPeerCommand
{
    /// <summary>The command's name, the first argument of the process.</summary>
    string Name { get; }

    /// <summary>Runs the command; what happens is told line by line.</summary>
    void Run(PeerArguments arguments, PeerConsole console);
}
