using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>A field of a struct of the file as the compiler sees it.</summary>
internal sealed record LayoutField(int Offset, int Size, string Name)
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>All fields of a struct, public or not, by offset.</summary>
    public static IReadOnlyList<LayoutField> Of(Type type) =>
    [
        .. type.GetFields(Instance)
            .Select(field => new LayoutField(field.GetCustomAttribute<FieldOffsetAttribute>()!.Value, SizeOf(field), field.Name))
            .OrderBy(field => field.Offset),
    ];

    /// <summary>Every struct with an explicit layout in the layout folder.</summary>
    public static IReadOnlyList<Type> Structs { get; } =
    [
        .. typeof(Native.Layout.TableHeader).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Native.Layout.TableHeader).Namespace && type.IsExplicitLayout)
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>The size of a struct as the runtime lays it out.</summary>
    public static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int SizeOf(FieldInfo field) => field.GetCustomAttribute<FixedBufferAttribute>() is { } buffer
        ? SizeOf(buffer.ElementType) * buffer.Length
        : SizeOf(field.FieldType);
}
