using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf;

/// <summary>
/// Finds where the fields of a struct lie in memory. The runtime does not tell (marshalling offsets are those of another layout), so each
/// field is set in an empty struct and looked for in its bytes.
/// </summary>
internal static class StructProbe
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The primitives of a type, or null if it is no unmanaged struct that can be stored as its memory.</summary>
    public static List<StructField>? Fields(Type type)
    {
        if (type == typeof(bool) || RawTypes.NameOf(type) is not null) return [new StructField(0, SizeOf(type), 1, "", type)];

        // System's own structs have layouts that are the runtime's business; an automatic layout may change with any version.
        var eligible = type is { IsValueType: true, IsPrimitive: false, IsAutoLayout: false, IsByRefLike: false }
            && type.Namespace != "System" && !type.IsDefined(typeof(EtsRecordAttribute), false);
        if (!eligible) return null;

        var fields = new List<StructField>();
        foreach (var field in type.GetFields(Any).OrderBy(field => field.MetadataToken))
        {
            if (Fields(field.FieldType) is not { } inner) return null;
            if (field.GetCustomAttribute<FixedBufferAttribute>() is { } buffer)
                inner = Repeat(inner, SizeOf(buffer.ElementType), buffer.Length);
            var offset = OffsetOf(type, field, inner[0]);
            fields.AddRange(inner.Select(part => part with { Offset = offset + part.Offset, Path = Path(field, part) }));
        }

        if (type.GetCustomAttribute<InlineArrayAttribute>() is { } array)
            fields = Repeat(fields, SizeOf(type) / array.Length, array.Length);
        return fields.Count == 0 ? null : fields;
    }

    private static int OffsetOf(Type type, FieldInfo field, StructField first)
    {
        const byte Mark = 1;
        var bytes = new byte[SizeOf(field.FieldType)];
        bytes.AsSpan(first.Offset, first.Size).Fill(Mark);
        var owner = RuntimeHelpers.GetUninitializedObject(type);
        field.SetValue(owner, FromBytes(field.FieldType, bytes));
        return ToBytes(type, owner).IndexOf(Mark) - first.Offset;
    }

    private static List<StructField> Repeat(List<StructField> fields, int stride, int count)
    {
        if (fields is [{ Offset: 0 } only] && only.End == stride) return [only with { Count = only.Count * count }];
        return [.. Enumerable.Range(0, count).SelectMany(index =>
            fields.Select(field => field with { Offset = field.Offset + (index * stride), Path = $"{field.Path}[{index}]" }))];
    }

    private static string Path(FieldInfo field, StructField part)
    {
        var name = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;
        return part.Path.Length == 0 || field.IsDefined(typeof(FixedBufferAttribute)) ? name : $"{name}.{part.Path}";
    }

    private static int SizeOf(Type type) => RuntimeHelpers.SizeOf(type.TypeHandle);

    private static object FromBytes(Type type, byte[] bytes)
    {
        var box = Array.CreateInstance(type, 1);
        bytes.CopyTo(BytesOf(type, box));
        return box.GetValue(0)!;
    }

    private static Span<byte> ToBytes(Type type, object value)
    {
        var box = Array.CreateInstance(type, 1);
        box.SetValue(value, 0);
        return BytesOf(type, box);
    }

    private static Span<byte> BytesOf(Type type, Array box) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(box), SizeOf(type));
}
