using System.Reflection;

namespace EtsPersist.Mmf;

/// <summary>Builds the formatter of one type with those of everything in it.</summary>
internal sealed class FormatterBuilder(CodecUse use)
{
    // Types whose parts contain one another in many ways would otherwise be built for ever.
    private const int MostParts = 2_000;

    private readonly List<(Type Type, object Formatter)> _enclosing = [];
    private int _parts;

    public MessagePackFormatter<T> Build<T>() => (MessagePackFormatter<T>)Build(typeof(T));

    private object Build(Type type)
    {
        if (++_parts > MostParts) throw UnsupportedType.Of(type, $"it is a part of a type with more than {MostParts} parts");
        if (PrimitiveFormatters.Find(type, use) is { } primitive) return primitive;
        if (type.IsEnum) return Make(typeof(EnumFormatter<,>), [type, type.GetEnumUnderlyingType()], Build(type.GetEnumUnderlyingType()));
        if (Nullable.GetUnderlyingType(type) is { } inner) return Make(typeof(NullableFormatter<>), [inner], Build(inner));
        if (type.IsSZArray) return Make(typeof(ArrayFormatter<>), [type.GetElementType()!], Build(type.GetElementType()!));
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments();
            if (type.GetGenericTypeDefinition() == typeof(List<>))
                return Make(typeof(GenericListFormatter<>), arguments, Build(arguments[0]));
            if (type.GetGenericTypeDefinition() == typeof(Dictionary<,>)) return Dictionary(type, arguments);
        }

        return typeof(FormatterBuilder).GetMethod(nameof(Record), BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(type)
            .Invoke(this, BindingFlags.DoNotWrapExceptions, null, null, null)!;
    }

    private object Dictionary(Type type, Type[] arguments) => use == CodecUse.Value
        ? Make(typeof(DictionaryFormatter<,>), arguments, Build(arguments[0]), Build(arguments[1]))
        : throw UnsupportedType.Of(type, "the pairs of a dictionary have no order, so equal keys could have other bytes");

    private object Record<T>()
    {
        var level = _enclosing.FindLastIndex(entry => entry.Type == typeof(T));
        if (level >= 0)
        {
            return new RecursiveFormatter<T>(
                SchemaNode.Reference(typeof(T).Name, _enclosing.Count - level), (RecordFormatter<T>)_enclosing[level].Formatter);
        }

        var formatter = new RecordFormatter<T>();
        _enclosing.Add((typeof(T), formatter));
        var shape = RecordShape.Of(typeof(T));
        var formatters = new List<object>();
        var members = new List<SchemaMember>();
        foreach (var member in shape.Members)
        {
            formatters.Add(BuildMember(typeof(T), member));
            members.Add(new SchemaMember(members.Count + 1, member.Name, SchemaOf(formatters[^1])));
        }

        formatter.Complete(RecordCompiler.Compile<T>(shape, SchemaNode.Record(typeof(T).Name, members), formatters));
        _enclosing.RemoveAt(_enclosing.Count - 1);
        return formatter;
    }

    private object BuildMember(Type owner, RecordMember member)
    {
        try
        {
            return Build(member.Type);
        }
        catch (UnsupportedTypeException error)
        {
            throw UnsupportedType.Member(owner, member.Name, error.Message, error);
        }
    }

    private static SchemaNode SchemaOf(object formatter) =>
        (SchemaNode)formatter.GetType().GetProperty(nameof(MessagePackFormatter<>.Schema))!.GetValue(formatter)!;

    private static object Make(Type formatter, Type[] arguments, params object[] inner) =>
        Activator.CreateInstance(formatter.MakeGenericType(arguments), inner)!;

}
