namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>What the compiler is told to make of the code.</summary>
/// <param name="Tier">How much it optimises.</param>
/// <param name="HasAvx2">Whether it may use AVX2, and what builds on it.</param>
internal sealed record CompiledCode(CodeTier Tier, bool HasAvx2)
{
    public static CompiledCode Default { get; } = new(CodeTier.Optimised, HasAvx2: true);

    /// <summary>The runtime's settings for it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment
    {
        get
        {
            yield return new("DOTNET_EnableAVX2", HasAvx2 ? "1" : "0");
            foreach (var setting in OfTier())
                yield return setting;
        }
    }

    /// <summary>
    /// How often an operation must have run without anything being compiled, so that nothing more will be. A profile counts to 30, twice.
    /// </summary>
    public int QuietRehearsals => Tier == CodeTier.Profiled ? 100 : 20;

    public override string ToString() => $"{Tier}{(HasAvx2 ? "" : " without AVX2")}";

    private KeyValuePair<string, string>[] OfTier() => Tier switch
    {
        CodeTier.Tier0 => [new("DOTNET_TC_CallCounting", "0"), new("DOTNET_TC_OnStackReplacement", "0")],
        CodeTier.Optimised => [new("DOTNET_TieredCompilation", "0")],
        _ => [new("DOTNET_TieredPGO", "1"), new("DOTNET_TieredPGO_InstrumentOnlyHotCode", "0"), new("DOTNET_TC_CallCountingDelayMs", "0")],
    };
}
