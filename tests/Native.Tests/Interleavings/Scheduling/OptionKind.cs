namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What can happen next.</summary>
internal enum OptionKind : byte
{
    /// <summary>The running actor goes on.</summary>
    Continue,

    /// <summary>Another actor runs.</summary>
    Run,

    /// <summary>An actor's process is killed.</summary>
    Kill,
}
