using EtsPersist.Mmf;
using EtsPersist.Mmf.Bench;
using EtsPersist.Mmf.Bench.CommandLine;
using EtsPersist.Mmf.Bench.Recovery;

if (args is [RecoveryWriter.Command, ..])
    return RecoveryWriter.Run(args.AsSpan(1));
if (args is ["--help" or "-h"])
{
    Help.WriteTo(Console.Out);
    return 0;
}
try
{
    Benchmarks.Run(BenchmarkOptions.Parse(args));
    return 0;
}
catch (ArgumentException error) when (error.ParamName is null)
{
    Console.Error.WriteLine(error.Message);
    Help.WriteTo(Console.Error);
    return 2;
}
catch (Exception error) when (error is EtsException or IOException or UnauthorizedAccessException or InvalidOperationException)
{
    Console.Error.WriteLine(error);
    return 1;
}
