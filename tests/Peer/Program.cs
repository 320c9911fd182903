using EtsPersist.Mmf.Peer;

return PeerCommands.Run(args);
