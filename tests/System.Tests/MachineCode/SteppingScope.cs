namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>How much is stepped through: a little by default, everything where the environment says ETSPERSIST_EXHAUSTIVE=1.</summary>
internal static class SteppingScope
{
    public static bool IsExhaustive { get; } = Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1";

    /// <summary>The usual operations as the compiler usually does them, or all of them in all of its ways.</summary>
    public static TheoryData<string, CodeTier> Choose(IEnumerable<string> usual, IEnumerable<string> all)
    {
        var data = new TheoryData<string, CodeTier>();
        foreach (var tier in IsExhaustive ? Enum.GetValues<CodeTier>() : [CompiledCode.Default.Tier])
        {
            foreach (var operation in IsExhaustive ? all : usual)
                data.Add(operation, tier);
        }
        return data;
    }
}
