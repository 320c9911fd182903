using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf;

/// <summary>An enum as its number, so that it may gain names.</summary>
internal sealed class EnumFormatter<TEnum, TNumber>(MessagePackFormatter<TNumber> number) : MessagePackFormatter<TEnum>
    where TEnum : struct
    where TNumber : struct
{
    public override SchemaNode Schema => number.Schema;

    public override long MaxSize(TEnum value, int depth) => number.MaxSize(Unsafe.BitCast<TEnum, TNumber>(value), depth);

    public override void Write(ref MessagePackWriter writer, TEnum value) =>
        number.Write(ref writer, Unsafe.BitCast<TEnum, TNumber>(value));

    public override TEnum Read(ref MessagePackReader reader) => Unsafe.BitCast<TNumber, TEnum>(number.Read(ref reader));
}
