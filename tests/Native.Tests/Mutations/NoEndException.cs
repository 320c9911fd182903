namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A changed engine has taken more steps than any that works.</summary>
internal sealed class NoEndException : Exception;
