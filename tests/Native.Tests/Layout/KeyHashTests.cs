using System.Numerics;
using EtsPersist.Mmf.Native.Engine.Hashing;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>The hash is part of the format: another version that computes it differently finds no row.</summary>
public sealed class KeyHashTests
{
    private const ulong Seed0 = 0x0123_4567_89AB_CDEF;
    private const ulong Seed1 = 0xFEDC_BA98_7654_3210;

    /// <summary>Computed by another program, written from the description of the format. The key of length n has the bytes 11 + 37 i.</summary>
    private static readonly ulong[] Golden =
    [
        0x387F_FD92_014D_3118, 0xBBEA_0609_252E_4E89, 0x407E_FD5F_40FC_430C, 0x207D_1C6E_C13F_46BD,
        0x4478_F78A_C821_322E, 0x2966_C4AA_7911_7F32, 0x6FC7_46B8_41BD_2C1B, 0x0405_815F_03A3_F863,
        0x4655_17AA_FDCD_BEB2, 0x65F7_8F17_7743_CC31, 0xF06D_A323_6A49_4382, 0xE133_2ABC_4D9F_FBC7,
        0xA61E_83A0_3F81_2C12, 0x7BEC_2D26_7543_0B01, 0xBFC7_0700_37FC_7875, 0xE1D8_B4DC_B562_3F0B,
        0x1FD1_2B88_85FC_8C2E, 0x8B50_8F7A_2270_7626, 0x60D6_A54A_BE19_DC97, 0xB307_B520_EB28_5CAB,
        0xCEED_6F5D_55FE_6FC8, 0x74E4_8010_4305_A8BD, 0x8AFB_18B6_B50B_D473, 0x1EC3_6593_55EE_2DCD,
        0x8050_4EA1_59B6_F10D, 0xB03A_C8D3_2010_3398, 0xC42F_04F8_B8B8_4184, 0x6CF3_9514_76B5_8CF8,
        0x9CFB_6A30_390C_5A77, 0xFF2D_FEAF_E29E_68EE, 0x342B_0D50_E47B_EE2A, 0xA09E_EA05_F6F6_5893,
        0x270D_C146_8D07_CCCD, 0x6D3D_AF4F_488A_95FC, 0xC0D8_44C1_1440_53ED, 0x747C_9A90_B9A2_7FC9,
        0x219E_D64C_B57E_BDCC, 0xE792_448C_E283_A880, 0x89EA_51FD_E681_3D32, 0xF1A9_04E4_95A7_43CD,
        0x4921_29E4_B4EB_4942,
    ];

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 41)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Each_length_of_key_has_its_hash(int length) => Assert.Equal(Golden[length], KeyHash.Of(Key(length), Seed0, Seed1));

    [Fact]
    public void Well_known_keys_have_their_hashes()
    {
        Assert.Equal(0x9761_5619_E472_50BAUL, KeyHash.Of("alice"u8, Seed0, Seed1));
        Assert.Equal(0x3AB6_47D0_07E2_5B8CUL, KeyHash.Of([], 1, 2));
        Assert.Equal(0x0CD0_EF7B_5E09_2E88UL, KeyHash.Of(BitConverter.GetBytes(42L), 1, 2));
    }

    [Fact]
    public void Both_seeds_and_every_byte_and_the_length_count()
    {
        for (var length = 1; length <= 40; length++)
        {
            var hash = KeyHash.Of(Key(length), Seed0, Seed1);
            Assert.NotEqual(hash, KeyHash.Of(Key(length), Seed0 + 1, Seed1));
            Assert.NotEqual(hash, KeyHash.Of(Key(length), Seed0, Seed1 + 1));
            Assert.NotEqual(hash, KeyHash.Of([.. Key(length), 0], Seed0, Seed1));
            for (var changed = 0; changed < length; changed++)
            {
                var other = Key(length);
                other[changed] ^= 1;
                Assert.NotEqual(hash, KeyHash.Of(other, Seed0, Seed1));
            }
        }
    }

    [Fact]
    public void A_changed_bit_changes_about_half_of_the_hash()
    {
        foreach (var length in new[] { 4, 8, 12, 16, 24, 40 })
        {
            var changedBits = 0.0;
            for (var bit = 0; bit < length * 8; bit++)
            {
                var other = Key(length);
                other[bit / 8] ^= (byte)(1 << (bit % 8));
                changedBits += BitOperations.PopCount(KeyHash.Of(Key(length), Seed0, Seed1) ^ KeyHash.Of(other, Seed0, Seed1));
            }
            Assert.InRange(changedBits / (length * 8), 28, 36);
        }
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(48, 16)]
    public void Consecutive_numbers_spread_evenly_over_buckets_and_over_tags(int shift, int bits)
    {
        const int PerCell = 16;
        var cells = new int[1 << bits];
        for (var number = 0L; number < cells.Length * PerCell; number++)
            cells[(int)(KeyHash.Of(BitConverter.GetBytes(number), Seed0, Seed1) >> shift) & (cells.Length - 1)]++;
        RequireEven(cells, PerCell);
    }

    [Fact]
    public void Words_spread_evenly_over_buckets()
    {
        var cells = new int[1 << 12];
        for (var number = 0; number < cells.Length * 16; number++)
            cells[(int)KeyHash.Of(System.Text.Encoding.ASCII.GetBytes($"word-{number}"), Seed0, Seed1) & (cells.Length - 1)]++;
        RequireEven(cells, 16);
    }

    /// <summary>Chi-squared, which has the number of cells as its mean and twice that as its variance: six deviations either way.</summary>
    private static void RequireEven(int[] cells, double perCell)
    {
        var sum = cells.Sum(count => (count - perCell) * (count - perCell) / perCell);
        var deviation = Math.Sqrt(2.0 * cells.Length);
        Assert.InRange(sum, cells.Length - (6 * deviation), cells.Length + (6 * deviation));
    }

    private static byte[] Key(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(11 + (37 * i)))];
}
