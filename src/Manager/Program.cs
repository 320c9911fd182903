using EtsPersist.Mmf.Manager.CommandLine;

return await EtsPersistProgram.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
