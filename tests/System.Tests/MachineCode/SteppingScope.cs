namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>How much is stepped through: a little by default, everything where the environment says ETSPERSIST_EXHAUSTIVE=1.</summary>
internal static class SteppingScope
{
    public static bool IsExhaustive { get; } = Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1";

    /// <summary>The usual operations as the compiler usually does them, or all of them in all of its ways.</summary>
    public static TheoryData<string, CodeTier, bool> Choose(IEnumerable<string> usual, IEnumerable<string> all)
    {
        var data = new TheoryData<string, CodeTier, bool>();
        foreach (var code in IsExhaustive ? CompiledCode.All : [CompiledCode.Default])
        {
            foreach (var operation in IsExhaustive ? all : usual)
                data.Add(operation, code.Tier, code.HasAvx2);
        }
        return data;
    }
}
