namespace EtsPersist.Mmf;

/// <summary>The codecs of one type, or why there are none: a failed type initializer would hide the typed error.</summary>
internal static class CodecCache<T>
{
    public static readonly Slot Value = new(CodecUse.Value);
    public static readonly Slot HashKey = new(CodecUse.HashKey);
    public static readonly Slot OrderedKey = new(CodecUse.OrderedKey);

    public sealed class Slot(CodecUse use)
    {
        private ICodec<T>? _codec;

        // Two threads may build it at once; the codecs are equal and either stays.
        public ICodec<T> Get() => _codec ??= (ICodec<T>)CodecFactory.Create(typeof(T), use);
    }
}
