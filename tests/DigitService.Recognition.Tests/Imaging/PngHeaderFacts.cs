using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

public sealed class PngHeaderFacts
{
    private const int Signature = 8;
    private const int HeaderEnd = Signature + 25;

    [Theory]
    [InlineData("gray-8.png")]
    [InlineData("palette.png")]
    public void AFlippedBitOfAnIhdrIsDamage(string name)
    {
        // In the height's lowest byte, the colour type, the interlacing, and the checksum itself.
        foreach (var at in new[] { 23, 25, 28, 32 })
        {
            var encoded = ImageFixture.Bytes(name);
            encoded[at] ^= 2;
            AssertDamaged(encoded, "the checksum of its IHDR chunk is wrong");
        }
    }

    [Fact]
    public void AFlippedBitOfWhateverAPictureCannotBeWithoutIsDamage()
    {
        var encoded = ImageFixture.Bytes("palette.png");
        foreach (var name in new[] { "PLTE", "IDAT" })
        {
            var damaged = (byte[])encoded.Clone();
            damaged[Find(encoded, name) + 7] ^= 1;
            AssertDamaged(damaged, $"the checksum of its {name} chunk is wrong");
        }

        encoded[^1] ^= 1;
        AssertDamaged(encoded, "the checksum of its IEND chunk is wrong");
    }

    [Fact]
    public void AFlippedBitOfWhatAPictureCanBeWithoutIsNone()
    {
        var text = PngBomb.Text(unfolded: 100);
        text[^1] ^= 1;
        Assert.Equal(ImageFixture.Drawing.Pixels, ImageDecoder.Default.Decode(With(text, HeaderEnd)).Pixels);
    }

    [Fact]
    public void ACriticalChunkThatNobodyKnowsIsDamage() =>
        AssertDamaged(With(PngBomb.Chunk("NeEd"u8, [1]), HeaderEnd), "has a chunk NeEd where none may be");

    [Fact]
    public void ASecondIhdrIsDamage() =>
        AssertDamaged(With(ImageFixture.Bytes("gray-8.png")[Signature..HeaderEnd], HeaderEnd), "has a chunk IHDR where none may be");

    [Fact]
    public void ANameThatIsNotOfLettersIsDamage() =>
        AssertDamaged(With(PngBomb.Chunk("a1cd"u8, []), HeaderEnd), "a name that is not of four letters");

    [Fact]
    public void PixelsWithSomethingBetweenThemAreDamage()
    {
        var encoded = FilteredPng.Encode(new byte[28 * 28], 28, color: 0, _ => 0, parts: 2);
        var second = encoded.AsSpan().LastIndexOf("IDAT"u8) - 4;
        AssertDamaged(
            [.. encoded[..second], .. PngBomb.Chunk("tEXt"u8, [65, 0, 66]), .. encoded[second..]],
            "the IDAT chunks of the PNG do not follow one another");
    }

    private static byte[] With(byte[] chunk, int at)
    {
        var encoded = ImageFixture.Bytes("gray-8.png");
        return [.. encoded[..at], .. chunk, .. encoded[at..]];
    }

    private static int Find(byte[] encoded, string name) => encoded.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name));

    private static void AssertDamaged(byte[] encoded, string expected)
    {
        var refusal = ImageFixture.Refusal(encoded);
        Assert.Equal(ImageFault.Damaged, refusal.Fault);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }
}
