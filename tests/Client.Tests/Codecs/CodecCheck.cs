namespace EtsPersist.Mmf.Client.Tests;

/// <summary>What every test of a codec does with it.</summary>
internal static class CodecCheck
{
    public static byte[] Bytes<T>(ICodec<T> codec, T value)
    {
        var destination = new byte[codec.MaxSize(value)];
        var length = codec.Encode(value, destination);
        Assert.True(codec.FixedSize < 0 || codec.FixedSize == length);
        return destination[..length];
    }

    public static string Hex<T>(ICodec<T> codec, T value) => Convert.ToHexStringLower(Bytes(codec, value));

    public static T RoundTrip<T>(ICodec<T> codec, T value) => codec.Decode(Bytes(codec, value));

    public static byte[] KeyBytes<T>(T key) => Bytes(Codecs.ForKey<T>(), key);

    public static byte[] ValueBytes<T>(T value) => Bytes(Codecs.ForValue<T>(), value);

    public static void ComesBack<T>(T value)
    {
        Assert.Equal(value, RoundTrip(Codecs.ForValue<T>(), value));
        Assert.Equal(value, RoundTrip(Codecs.ForKey<T>(), value));
    }

    /// <summary>Whatever the bytes, decoding gives a value or the typed error.</summary>
    public static void SurvivesAnyBytes<T>(ICodec<T> codec, T sample, int seed)
    {
        var random = new Random(seed);
        var good = Bytes(codec, sample);
        for (var length = 0; length < good.Length; length++) Try(good[..length]);
        for (var round = 0; round < 500; round++)
        {
            var bytes = round % 2 == 0 ? new byte[random.Next(40)] : (byte[])good.Clone();
            if (round % 2 == 0) random.NextBytes(bytes);
            else if (bytes.Length > 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Try(bytes);
        }

        void Try(byte[] bytes)
        {
            try
            {
                codec.Decode(bytes);
            }
            catch (RowFormatException)
            {
                // The one error that is allowed.
            }
        }
    }
}
