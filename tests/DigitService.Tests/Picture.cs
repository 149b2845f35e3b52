using System.Buffers.Binary;
using DigitService.Recognition.Evaluation;

namespace DigitService.Tests;

/// <summary>Pictures that are drawn here: black ink on white paper, in the simplest of formats.</summary>
internal static class Picture
{
    private const int HeaderLength = 54;

    /// <summary>A seven as somebody draws it, 60×60.</summary>
    internal static byte[] Seven { get; } = Bmp(60, IsSeven);

    /// <summary>The same as a PNG.</summary>
    internal static byte[] SevenPng { get; } = Png(60, IsSeven);

    /// <summary>Paper without ink.</summary>
    internal static byte[] Blank { get; } = Bmp(40, (_, _) => false);

    /// <summary>A BMP of 24 bits a pixel.</summary>
    internal static byte[] Bmp(int side, Func<int, int, bool> isInk)
    {
        var stride = ((side * 3) + 3) / 4 * 4;
        var file = new byte[HeaderLength + (stride * side)];
        (file[0], file[1]) = ((byte)'B', (byte)'M');
        Write(2, file.Length);
        Write(10, HeaderLength);
        Write(14, 40);
        Write(18, side);
        Write(22, side);
        (file[26], file[28]) = (1, 24);

        // The last row comes first.
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                file.AsSpan(HeaderLength + ((side - 1 - y) * stride) + (x * 3), 3).Fill(isInk(x, y) ? (byte)0 : (byte)255);
            }
        }

        return file;

        void Write(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
    }

    /// <summary>A PNG of 8-bit gray.</summary>
    internal static byte[] Png(int side, Func<int, int, bool> isInk)
    {
        var pixels = new byte[side * side];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = isInk(i % side, i / side) ? (byte)0 : (byte)255;
        }

        return GrayPng.Encode(pixels, side);
    }

    /// <summary>A seven of so many pixels that it is decoded on a thread of its own.</summary>
    internal static byte[] LargeSeven() => Png(1_200, (x, y) => IsSeven(x / 20, y / 20));

    /// <summary>A PNG whose header promises a square of this side.</summary>
    internal static byte[] OfSide(int side)
    {
        var file = SevenPng.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), side);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), side);
        return file;
    }

    private static bool IsSeven(int x, int y) =>
        (y is >= 10 and < 16 && x is >= 14 and < 44) || (Math.Abs(x - (52 - (y * 0.6))) < 4 && y is >= 12 and < 50);
}
