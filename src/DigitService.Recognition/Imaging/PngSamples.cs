using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace DigitService.Recognition.Imaging;

/// <summary>Rows of pixels whose samples lie side by side, and the same rows with each of their samples for itself.</summary>
internal static class PngSamples
{
    /// <summary>Puts all first samples of a row's pixels into the first part of the target, all second ones into the next.</summary>
    /// <param name="row">Pixels.</param>
    /// <param name="samples">How many samples a pixel has, 1 to 4.</param>
    /// <param name="planes">As many parts, each a row's width long.</param>
    internal static void Split(ReadOnlySpan<byte> row, int samples, Span<byte> planes)
    {
        if (samples == 1)
        {
            row.CopyTo(planes);
            return;
        }

        var (x, width) = (0, row.Length / samples);
        if (samples == 4)
        {
            for (; x + 8 <= width; x += 8)
            {
                // Of four pixels first all reds, then all greens, and so on, in both halves of a vector; then of eight.
                var halves = Vector256.Shuffle(
                    Vector256.Create(row[(4 * x)..]),
                    Vector256.Create(
                        0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 16, 20, 24, 28, 17, 21, 25, 29, 18, 22, 26, 30, 19, 23, 27, (byte)31));
                var whole = Vector256.Shuffle(halves.AsUInt32(), Vector256.Create(0u, 4, 1, 5, 2, 6, 3, 7)).AsUInt64();
                BinaryPrimitives.WriteUInt64LittleEndian(planes[x..], whole[0]);
                BinaryPrimitives.WriteUInt64LittleEndian(planes[(width + x)..], whole[1]);
                BinaryPrimitives.WriteUInt64LittleEndian(planes[((2 * width) + x)..], whole[2]);
                BinaryPrimitives.WriteUInt64LittleEndian(planes[((3 * width) + x)..], whole[3]);
            }
        }

        for (var sample = 0; sample < samples; sample++)
        {
            var plane = planes.Slice(sample * width, width);
            for (var i = x; i < plane.Length; i++)
            {
                plane[i] = row[(i * samples) + sample];
            }
        }
    }

    /// <summary>The luma of three planes of colours.</summary>
    internal static void ToGray(ReadOnlySpan<byte> colors, Span<byte> gray)
    {
        var width = gray.Length;
        var red = colors[..width];
        var green = colors.Slice(width, width);
        var blue = colors.Slice(2 * width, width);
        for (var x = 0; x < width; x++)
        {
            gray[x] = Luma.Of(red[x], green[x], blue[x]);
        }
    }
}
