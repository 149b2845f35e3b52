using System.Buffers.Binary;
using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

public sealed class ImageDecoderFacts
{
    // Lossy coding changes levels a little, and few levels are far apart.
    private const int Lossy = 24;

    [Theory]
    [InlineData("gray-8.png", 0)]
    [InlineData("gray-16.png", 0)]
    [InlineData("rgb.png", 0)]
    [InlineData("rgb-16.png", 0)]
    [InlineData("interlaced.png", 0)]
    [InlineData("palette.png", 0)]
    [InlineData("gray-4.png", 9)]
    [InlineData("gray-2.png", 43)]
    [InlineData("gray-1.png", 128)]
    [InlineData("animated.png", 0)]
    [InlineData("exif-6.png", 0)]
    [InlineData("rgba.png", 0)]
    [InlineData("gray-alpha.png", 0)]
    [InlineData("palette-trns.png", 0)]
    [InlineData("gray-trns-16.png", 0)]
    [InlineData("gray-trns-8.png", 0)]
    [InlineData("gray-trns-4.png", 26)]
    [InlineData("gray-trns-2.png", 128)]
    [InlineData("baseline.jpg", Lossy)]
    [InlineData("color.jpg", Lossy)]
    [InlineData("progressive.jpg", Lossy)]
    [InlineData("restarts.jpg", Lossy)]
    [InlineData("cmyk.jpg", Lossy)]
    [InlineData("lossy.webp", Lossy)]
    [InlineData("lossless.webp", 0)]
    [InlineData("alpha.webp", 0)]
    [InlineData("alpha-lossy.webp", Lossy)]
    [InlineData("animated.webp", 0)]
    [InlineData("animated-offset.webp", 3)]
    [InlineData("palette-1.bmp", 128)]
    [InlineData("palette-4.bmp", 9)]
    [InlineData("palette-8.bmp", 0)]
    [InlineData("rgb-16.bmp", 8)]
    [InlineData("rgb-24.bmp", 0)]
    [InlineData("rgb-32.bmp", 0)]
    [InlineData("rgba-32.bmp", 0)]
    [InlineData("top-down.bmp", 0)]
    [InlineData("core.bmp", 0)]
    [InlineData("plain.gif", 0)]
    [InlineData("interlaced.gif", 0)]
    [InlineData("animated.gif", 0)]
    [InlineData("small-frame.gif", 3)]
    [InlineData("transparent.gif", 6)]
    public void EveryVariantOfEveryFormatShowsTheDrawing(string name, int tolerance) =>
        AssertShowsTheDrawing(ImageFixture.Decode(name), tolerance);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void APhotographIsTurnedAsItsCameraSays(int orientation) =>
        AssertShowsTheDrawing(ImageFixture.Decode($"exif-{orientation}.jpg"), Lossy);

    [Fact]
    public void EveryFixtureIsRead() => Assert.All(ImageFixture.Names, name => ImageFixture.Decode(name));

    [Fact]
    public void WhatAnAnimationsFirstFrameLeavesOfItsCanvasIsPaper()
    {
        var decoded = ImageFixture.Decode("animated-offset-light.webp");

        Assert.InRange(decoded.Pixels.Zip(ImageFixture.Drawing.Pixels, (a, b) => Math.Abs(a - (255 - b))).Max(), 0, 3);
        Assert.Equal(new Box(2, 4, 28, 36), ImageHeader.Read(ImageFixture.Bytes("animated-offset-light.webp")).Frame);
    }

    [Fact]
    public void WhiteInkOnNothingDoesNotVanish()
    {
        var decoded = ImageFixture.Decode("white-ink.png");

        Assert.Equal(ImageFixture.Drawing.Pixels.Select(level => (byte)(255 - level)), decoded.Pixels);
    }

    [Theory]
    [InlineData("refused.tif", "a TIFF")]
    [InlineData("refused.ico", "an icon")]
    [InlineData("refused.jp2", "a JPEG 2000")]
    [InlineData("refused-rle.bmp", "a compressed BMP")]
    public void AFormatThatIsNotReadIsNamed(string name, string named) =>
        AssertRefused(ImageFixture.Bytes(name), ImageFault.NotSupported, named);

    [Theory]
    [InlineData("%PDF-1.7", "a PDF")]
    [InlineData("....ftypheic", "a HEIC")]
    [InlineData("....ftypavif", "an AVIF")]
    [InlineData("....ftypmp42", "a video")]
    [InlineData("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG")]
    [InlineData("8BPS....", "a Photoshop file")]
    public void AFormatThatOnlyBeginsSoIsNamed(string text, string named) =>
        AssertRefused(System.Text.Encoding.ASCII.GetBytes(text), ImageFault.NotSupported, named);

    [Fact]
    public void WhatIsNoPictureIsRefused()
    {
        AssertRefused([], ImageFault.NotAnImage, "PNG, JPEG, WebP, BMP and GIF are accepted");
        AssertRefused("Hello"u8.ToArray(), ImageFault.NotAnImage, "PNG, JPEG, WebP, BMP and GIF are accepted");
        AssertRefused(ImageFixture.Bytes("refused.ppm"), ImageFault.NotAnImage, "not a picture");
    }

    [Fact]
    public void ADicomIsRefusedWhateverItBeginsWith()
    {
        var encoded = ImageFixture.Bytes("gray-8.png");
        "DICM"u8.CopyTo(encoded.AsSpan(128));

        AssertRefused(encoded, ImageFault.NotSupported, "a DICOM");
    }

    [Fact]
    public void MoreThanTenMegabytesAreRefused()
    {
        var encoded = new byte[ImageHeader.MaxEncodedBytes + 1];
        ImageFixture.Bytes("gray-8.png").CopyTo(encoded, 0);

        AssertRefused(encoded, ImageFault.TooLarge, "At most 10,485,760 (10 MB) are accepted");
    }

    [Theory]
    [InlineData("gray-8.png", 16, 100_000, 4)]
    [InlineData("baseline.jpg", -1, 40_000, 2)]
    [InlineData("rgb-24.bmp", 18, 100_000, 4)]
    [InlineData("plain.gif", 6, 60_000, 2)]
    public void AHeaderThatPromisesTooMuchIsRefusedBeforeAnythingIsAllocated(string name, int at, int side, int bytes)
    {
        var encoded = ImageFixture.Bytes(name);
        at = at < 0 ? encoded.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5 : at;
        for (var i = 0; i < 2; i++)
        {
            WriteNumber(encoded.AsSpan(at + (i * bytes), bytes), side, isLittle: name[0] is 'r' or 'p');
        }

        ImageFixture.Refusal(encoded);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(encoded, ImageFault.TooLarge, "16 megapixels");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    // The sides of a VP8X and of an ANMF have 24 bits, those of a VP8L and of a VP8 have 14.
    [Theory]
    [InlineData("animated.webp", "VP8X", 12, 16_383, 24)]
    [InlineData("lossless.webp", "VP8L", 9, 16_383, 14)]
    [InlineData("lossy.webp", "VP8 ", 14, 16_383, 16)]
    public void AWebPThatPromisesTooMuchIsRefusedBeforeAnythingIsAllocated(string name, string chunk, int at, int side, int bits)
    {
        var encoded = ImageFixture.Bytes(name);
        WriteSides(encoded, chunk, at, side - (bits == 16 ? 0 : 1), bits);

        ImageFixture.Refusal(encoded);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(encoded, ImageFault.TooLarge, "16,383×16,383");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void AFrameLargerThanItsCanvasIsDamaged()
    {
        var encoded = ImageFixture.Bytes("animated.webp");
        WriteSides(encoded, "ANMF", 14, 16_382, 24);

        AssertRefused(encoded, ImageFault.Damaged, "does not fit its canvas");
    }

    [Fact]
    public void APictureThatIsCutOffAnywhereIsDamaged()
    {
        foreach (var name in ImageFixture.Names)
        {
            // What follows a GIF's first image is not looked at.
            var whole = ImageFixture.Bytes(name);
            var needed = name.EndsWith(".gif", StringComparison.Ordinal) ? whole.AsSpan().LastIndexOf((byte)0x2C) / 2 : whole.Length;
            for (var length = 16; length < needed; length += 1 + (needed / 40))
            {
                Assert.Equal(ImageFault.Damaged, ImageFixture.Refusal(whole[..length]).Fault);
            }
        }
    }

    // One that is decoded here, and one that a library decodes.
    [Theory]
    [InlineData("gray-8.png")]
    [InlineData("palette.png")]
    public void TextThatUnfoldsToGigabytesIsNotUnfolded(string name)
    {
        var picture = ImageFixture.Bytes(name);
        var bomb = PngBomb.Text(unfolded: 7 << 20);
        var headerEnd = 8 + 25;
        byte[] encoded = [.. picture[..headerEnd], .. Enumerable.Repeat(bomb, 900).SelectMany(chunk => chunk), .. picture[headerEnd..]];

        AssertShowsTheDrawing(ImageDecoder.Default.Decode(encoded), 0);

        // To unfold 6 GB takes ten seconds and more. The codecs are loaded now; if another process had the processor, the
        // second time tells.
        Assert.InRange(Math.Min(SecondsToDecode(encoded), SecondsToDecode(encoded)), 0, 1);
    }

    [Fact]
    public void AJpegOfThousandsOfScansIsRefused()
    {
        var picture = ImageFixture.Bytes("progressive.jpg");
        var scan = picture.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var length = picture.AsSpan(scan + 2).IndexOf((byte)0xFF);
        var repeated = Enumerable.Repeat(picture[scan..(scan + 2 + length)], 5000).SelectMany(bytes => bytes);

        AssertRefused([.. picture[..scan], .. repeated, .. picture[scan..]], ImageFault.TooLarge, "scans");
    }

    private static double SecondsToDecode(byte[] encoded)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        ImageDecoder.Default.Decode(encoded);
        return watch.Elapsed.TotalSeconds;
    }

    private static void WriteSides(byte[] encoded, string chunk, int at, int side, int bits)
    {
        var target = encoded.AsSpan(encoded.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(chunk)) + at);
        var sides = (long)side | ((long)side << bits);
        for (var i = 0; i < (2 * bits + 7) / 8; i++)
        {
            target[i] = (byte)(sides >> (8 * i));
        }
    }

    private static void WriteNumber(Span<byte> target, int number, bool isLittle)
    {
        switch (target.Length, isLittle)
        {
            case (2, true):
                BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)number);
                break;
            case (2, false):
                BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)number);
                break;
            case (_, true):
                BinaryPrimitives.WriteInt32LittleEndian(target, number);
                break;
            default:
                BinaryPrimitives.WriteInt32BigEndian(target, number);
                break;
        }
    }

    private static void AssertShowsTheDrawing(GrayImage decoded, int tolerance)
    {
        var expected = ImageFixture.Drawing;
        Assert.Equal((expected.Width, expected.Height), (decoded.Width, decoded.Height));
        Assert.InRange(decoded.Pixels.Zip(expected.Pixels, (a, b) => Math.Abs(a - b)).Max(), 0, tolerance);
    }

    private static void AssertRefused(byte[] encoded, ImageFault fault, string expected)
    {
        var refusal = ImageFixture.Refusal(encoded);
        Assert.Equal(fault, refusal.Fault);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }
}
