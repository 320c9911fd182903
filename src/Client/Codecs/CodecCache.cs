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

        public ICodec<T> Get() => _codec ?? Keep((ICodec<T>)CodecFactory.Create(typeof(T), use));

        /// <summary>Puts another codec in the place of the built-in one, which nobody must have been given before.</summary>
        public void Use(ICodec<T> codec)
        {
            ArgumentNullException.ThrowIfNull(codec);
            if (RawTypes.IsRaw(typeof(T), use))
                throw UnsupportedType.Of(typeof(T), "it is stored as its own bytes, past any codec; wrap it in a class or a record to store it otherwise");
            if (!ReferenceEquals(Keep(codec), codec))
                throw new InvalidOperationException($"Rows of type {typeof(T)} have a codec already. Choose another one before any table is opened with them.");
        }

        // Two threads may come at once; the first codec stays, for all.
        private ICodec<T> Keep(ICodec<T> codec) => Interlocked.CompareExchange(ref _codec, codec, null) ?? codec;
    }
}
