namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>How much the compiler optimises.</summary>
public enum CodeTier
{
    /// <summary>As at the first call of a method, and never more.</summary>
    Tier0,

    /// <summary>Fully, at once and without having seen the code run.</summary>
    Optimised,

    /// <summary>Fully, by what it has seen of the code as it ran: what a process comes to after a while.</summary>
    Profiled,
}
