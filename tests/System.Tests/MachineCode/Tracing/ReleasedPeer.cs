using System.Reflection;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>The peer as a release builds it: a debug build tells the compiler to optimise nothing, whatever its tier.</summary>
internal static class ReleasedPeer
{
    public static string Path { get; } = typeof(ReleasedPeer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == nameof(ReleasedPeer)).Value!;
}
