using System.Buffers.Binary;
using DigitService.OpenCv;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>What is decoded here, beside the library's decoder, which decodes all other files.</summary>
public sealed class PngParityFacts
{
    private const int Count = 400;

    [Fact]
    public void FilesAreDecodedOrRefusedAsTheLibraryDoes()
    {
        var random = new SeededRandom(12);
        var (decoded, refused) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            var (width, height) = (1 + random.Below(40), 1 + random.Below(40));
            var original = MakePicture(random, width, height);
            var encoded = (i % 4) switch
            {
                0 => original,
                1 => DamagedImageFacts.Damage(original, random),
                2 => WithChecksums(DamagePixels(original, random)),
                _ => WithChecksums(DamagedImageFacts.Damage(original, random)),
            };
            var (ours, theirs) = (DecodeHere(encoded), DecodeThere(encoded, width, height));
            Assert.True(
                (ours is null) == (theirs is null),
                $"File {i} is {(ours is null ? "refused here" : "decoded here")} and not so by the library: {Convert.ToHexString(encoded)}");
            Assert.Equal(theirs, ours);
            decoded += ours is null ? 0 : 1;
            refused += ours is null ? 1 : 0;
        }

        Assert.InRange(decoded, Count / 4, Count);
        Assert.InRange(refused, Count / 4, Count);
    }

    private static byte[] MakePicture(SeededRandom random, int width, int height)
    {
        int[] colors = [0, 2, 4, 6];
        var color = colors[random.Below(4)];
        var pixel = color switch { 0 => 1, 4 => 2, 2 => 3, _ => 4 };
        var isGray = random.Below(2) == 0;
        var samples = new byte[width * height * pixel];
        for (var i = 0; i < samples.Length; i++)
        {
            var isCopy = isGray && pixel >= 3 && i % pixel is 1 or 2;
            samples[i] = isCopy ? samples[i - 1] : random.Below(3) == 0 ? (byte)random.Below(256) : (byte)255;
        }

        return FilteredPng.Encode(samples, width, color, _ => random.Below(5), parts: 1 + random.Below(3));
    }

    private static byte[] DamagePixels(byte[] original, SeededRandom random)
    {
        var pixels = original.AsSpan().IndexOf("IDAT"u8) + 4;
        var picture = (byte[])original.Clone();
        for (var flips = 1 + random.Below(3); flips > 0; flips--)
        {
            picture[pixels + random.Below(picture.Length - 12 - pixels)] ^= (byte)(1 << random.Below(8));
        }

        return picture;
    }

    /// <summary>The file with right checksums, so that more than those is compared, as far as its chunks can be followed.</summary>
    private static byte[] WithChecksums(byte[] encoded)
    {
        var position = 8;
        while (position + 12 <= encoded.Length && BinaryPrimitives.ReadUInt32BigEndian(encoded.AsSpan(position)) is var length
            && length <= encoded.Length - position - 12)
        {
            var checksum = position + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(encoded.AsSpan(checksum), ZipChecksum.Of(encoded.AsSpan((position + 4)..checksum)));
            position = checksum + 4;
        }

        return encoded;
    }

    private static byte[]? DecodeHere(byte[] encoded)
    {
        try
        {
            return ImageDecoder.Default.Decode(encoded).Pixels;
        }
        catch (ImageException)
        {
            return null;
        }
    }

    private static byte[]? DecodeThere(byte[] encoded, int width, int height)
    {
        try
        {
            var header = HeaderOr(encoded, new ImageHeader(ImageFormat.Png, width, height));
            var gray = new byte[header.Width * header.Height];
            var alpha = header.HasAlpha ? new byte[gray.Length] : null;
            Codecs.Decode(encoded, header.Width, header.Height, gray, alpha, header.TransparentLevel);
            if (alpha is not null)
            {
                Transparency.Flatten(gray, alpha);
            }

            return gray;
        }
        catch (CodecException)
        {
            return null;
        }
    }

    // The library is asked about what is refused by its header, too.
    private static ImageHeader HeaderOr(byte[] encoded, ImageHeader original)
    {
        try
        {
            return ImageHeader.Read(encoded);
        }
        catch (ImageException)
        {
            return original;
        }
    }
}
