using EtsPersist.Mmf.Runner;

// Runs the tests of an assembly where there is no SDK, but only what was published. Elsewhere "dotnet test" does that.
try
{
    return new TestRun(RunOptions.Parse(args)).Run();
}
catch (Exception error) when (error is FormatException or IOException)
{
    Console.Error.WriteLine($"run-tests: {error.Message}\n\n{RunOptions.Usage}");
    return 2;
}
