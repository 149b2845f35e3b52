using System.Buffers.Binary;

namespace DigitService.Tests;

/// <summary>Pictures that are drawn here: black ink on white paper, in the simplest of formats.</summary>
internal static class Picture
{
    private const int HeaderLength = 54;

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
}
