using System.Buffers.Binary;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Feedback;

/// <summary>Pictures of strokes that are drawn here, each number another one.</summary>
internal static class FeedbackPictures
{
    private const int Side = 60;
    private const byte Paper = 255;

    internal static byte[] Png(int number) => GrayPng.Encode(Pixels(number), Side);

    /// <summary>The same picture as a BMP of 24 bits a pixel.</summary>
    internal static byte[] Bmp(int number)
    {
        const int HeaderLength = 54;
        var file = new byte[HeaderLength + (3 * Side * Side)];
        (file[0], file[1]) = ((byte)'B', (byte)'M');
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), Side);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), -Side);
        (file[26], file[28]) = (1, 24);
        var pixels = Pixels(number);
        for (var i = 0; i < pixels.Length; i++)
        {
            file.AsSpan(HeaderLength + (3 * i), 3).Fill(pixels[i]);
        }

        return file;
    }

    /// <summary>A picture with what the network would see of it, and no prediction.</summary>
    internal static NewFeedback New(int number, int label, FeedbackPrediction? prediction = null) =>
        Of(Png(number), label, prediction);

    internal static NewFeedback Of(byte[] picture, int label, FeedbackPrediction? prediction = null) => new(
        picture,
        Preprocessor.Process(ImageDecoder.Default.Decode(picture)) ?? new byte[DigitImages.Pixels],
        label,
        FeedbackSource.Drawn,
        prediction);

    private static byte[] Pixels(int number)
    {
        var pixels = new byte[Side * Side];
        pixels.AsSpan().Fill(Paper);
        var (x, length, ink) = (10 + (number % 40), 20 + (number / 40 % 20), (byte)(number / 800 % 100));
        for (var y = 10; y < 10 + length; y++)
        {
            pixels.AsSpan((y * Side) + x, 5).Fill(ink);
        }

        return pixels;
    }
}
