using System.Buffers.Binary;
using DigitService.Recognition.Data;

namespace DigitService.Cli.Tests;

/// <summary>Pictures as files.</summary>
internal static class Pictures
{
    private const int HeaderLength = 54;
    private const int BytesPerPixel = 3;

    /// <summary>A BMP of 280×280 pixels that shows 28×28, each as a square.</summary>
    internal static byte[] Bmp(ReadOnlySpan<byte> pixels)
    {
        const int Scale = 10;
        const int Side = Scale * DigitImages.Side;
        var file = new byte[HeaderLength + (Side * Side * BytesPerPixel)];
        "BM"u8.CopyTo(file);
        Write(2, file.Length);
        Write(10, HeaderLength);
        Write(14, 40);
        Write(18, Side);
        Write(22, Side);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 8 * BytesPerPixel);
        for (var i = 0; i < Side * Side; i++)
        {
            // Its rows stand from the lowest to the highest.
            var (x, y) = (i % Side, Side - 1 - (i / Side));
            file.AsSpan(HeaderLength + (i * BytesPerPixel), BytesPerPixel).Fill(pixels[(y / Scale * DigitImages.Side) + (x / Scale)]);
        }

        return file;

        void Write(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
    }
}
