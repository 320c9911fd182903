using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Memory;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native;

/// <summary>
/// Has the engine's code compiled before it is needed. Most of it is by its first use, which can be rehearsed; but what runs when a process meets
/// another one at work, or what a dead one has left, cannot be brought about by a process alone. Compiled only then, it would take longer than the
/// hand-over that it is a part of.
/// </summary>
internal static class EngineCode
{
    private const string Engine = $"{nameof(EtsPersist)}.{nameof(Mmf)}.{nameof(Native)}.{nameof(Native.Engine)}";

    /// <summary>What is not written for any kind of memory, and runs only then.</summary>
    private static readonly Type[] Meetings = [typeof(ProcessMemory), typeof(Patience), typeof(TableContext)];

    /// <summary>Compiles what operations on tables of a kind may come to.</summary>
    public static void Compile(TableKind kind)
    {
        foreach (var part in PartsFor(kind))
            CodeAhead.Compile(part.MakeGenericType(typeof(ProcessMemory)));
        foreach (var type in Meetings)
            CodeAhead.Compile(type);
    }

    /// <summary>The parts of the engine that tables of a kind use, open to any kind of memory.</summary>
    internal static IEnumerable<Type> PartsFor(TableKind kind) => typeof(EngineCode).Assembly.GetTypes().Where(type => IsFor(kind, type));

    /// <summary>Whether it is a part of the engine, written for any kind of memory and nothing else, in a folder that tables of the kind use.</summary>
    private static bool IsFor(TableKind kind, Type type)
    {
        if (!type.IsGenericTypeDefinition || type.GetGenericArguments() is not [var only]) return false;
        if (!only.GetGenericParameterConstraints().Contains(typeof(ISharedMemory))) return false;
        return type.Namespace switch
        {
            $"{Engine}.Entries" => !kind.HasTree(),
            $"{Engine}.Ordered" => kind.HasTree(),
            $"{Engine}.Bags" => kind.IsBag(),
            var folder => folder is not null && $"{folder}.".StartsWith($"{Engine}.", StringComparison.Ordinal),
        };
    }
}
