using System.Numerics;
using System.Runtime.Intrinsics;

namespace DigitService.Recognition.Imaging;

/// <summary>Pictures in other sizes.</summary>
internal static class Resampling
{
    // Four times the 20 pixels that a digit will have is enough to look for it, and few pixels are quickly looked at.
    private const int WorkingSide = 160;

    /// <summary>By how much a picture is reduced before ink is looked for.</summary>
    internal static int WorkingFactor(int width, int height) => (Math.Max(width, height) + WorkingSide - 1) / WorkingSide;

    /// <summary>The means of blocks of factor × factor pixels. Blocks at the right and the bottom may be smaller.</summary>
    internal static GrayImage Reduce(GrayImage image, int factor)
    {
        if (factor == 1)
        {
            return image;
        }

        var (width, height) = ((image.Width + factor - 1) / factor, (image.Height + factor - 1) / factor);
        var reduced = new byte[width * height];

        // Of a picture's longest side, a column of a block is 205 pixels, which 16 bits hold the sum of.
        var columns = new ushort[image.Width];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(columns);
            var rows = Math.Min(factor, image.Height - (y * factor));
            for (var row = 0; row < rows; row++)
            {
                AddRow(columns, image.Pixels.AsSpan(((y * factor) + row) * image.Width, image.Width));
            }

            AverageBlocks(columns, rows, factor, reduced.AsSpan(y * width, width));
        }

        return new GrayImage(width, height, reduced);
    }

    /// <summary>Of each block of factor × factor pixels, the one that differs most from a level.</summary>
    internal static GrayImage ReduceToExtremes(GrayImage image, int factor, int level)
    {
        var (width, height) = ((image.Width + factor - 1) / factor, (image.Height + factor - 1) / factor);
        var reduced = new byte[width * height];
        Array.Fill(reduced, (byte)level);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Pixels.AsSpan(y * image.Width, image.Width);
            var target = reduced.AsSpan(y / factor * width, width);
            for (var x = row.IndexOfAnyExcept((byte)level); x >= 0 && x < row.Length; x++)
            {
                ref var extreme = ref target[x / factor];
                extreme = Math.Abs(row[x] - level) > Math.Abs(extreme - level) ? row[x] : extreme;
            }
        }

        return new GrayImage(width, height, reduced);
    }

    internal static GrayImage Crop(GrayImage image, Box box)
    {
        var pixels = new byte[box.Width * box.Height];
        for (var y = 0; y < box.Height; y++)
        {
            image.Pixels.AsSpan(((box.Y + y) * image.Width) + box.X, box.Width).CopyTo(pixels.AsSpan(y * box.Width));
        }

        return new GrayImage(box.Width, box.Height, pixels);
    }

    /// <summary>
    /// Scales part of a picture: by area averaging if it becomes smaller, else by linear interpolation.
    /// </summary>
    /// <param name="source">The picture.</param>
    /// <param name="box">Its part.</param>
    /// <param name="scale">Target pixels per source pixel.</param>
    /// <param name="target">Receives as many pixels of the scaled part as it has room for, row by row.</param>
    /// <param name="targetWidth">Pixels in a row of it.</param>
    internal static void Resize(GrayImage source, Box box, (float X, float Y) scale, Span<byte> target, int targetWidth)
    {
        var columns = Weights(box.Width, scale.X, targetWidth);
        var rows = Weights(box.Height, scale.Y, target.Length / targetWidth);

        // Rows first, which are added up side by side; what is left is as high as the target.
        var wide = new float[box.Width];
        for (var y = 0; y < rows.Length; y++)
        {
            Array.Clear(wide);
            var (top, rowWeights) = rows[y];
            for (var i = 0; i < rowWeights.Length; i++)
            {
                AddRow(wide, source.Pixels.AsSpan(((box.Y + top + i) * source.Width) + box.X, box.Width), rowWeights[i]);
            }

            var row = target.Slice(y * targetWidth, targetWidth);
            for (var x = 0; x < row.Length; x++)
            {
                var (first, weights) = columns[x];
                var pixels = wide.AsSpan(first, weights.Length);
                var sum = 0.5f;
                for (var i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * pixels[i];
                }

                row[x] = (byte)Math.Clamp(sum, 0, 255);
            }
        }
    }

    /// <summary>Which source pixels make each target pixel, and how much of each.</summary>
    private static (int First, float[] Weights)[] Weights(int length, float scale, int targetLength)
    {
        var result = new (int First, float[] Weights)[targetLength];
        for (var i = 0; i < targetLength; i++)
        {
            result[i] = scale <= 1 ? AreaWeights(i, length, scale) : LinearWeights(i, length, scale);
        }

        return result;
    }

    // A target pixel that lies partly beyond the source is partly paper: its weights add up to less than one.
    private static (int First, float[] Weights) AreaWeights(int index, int length, float scale)
    {
        var (start, end) = (index / scale, Math.Min(length, (index + 1) / scale));
        var first = Math.Min((int)start, length);
        var count = Math.Max(0, (int)MathF.Ceiling(end - 1e-4f) - first);
        var weights = new float[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = (Math.Min(end, first + i + 1) - Math.Max(start, first + i)) * scale;
        }

        return (first, weights);
    }

    private static (int First, float[] Weights) LinearWeights(int index, int length, float scale)
    {
        if (index >= (length * scale) + 0.5f)
        {
            return (0, []);
        }

        var center = Math.Clamp(((index + 0.5f) / scale) - 0.5f, 0, length - 1);
        var first = Math.Min((int)center, Math.Max(0, length - 2));
        return length == 1 ? (0, [1]) : (first, [1 - (center - first), center - first]);
    }

    private static void AddRow(Span<ushort> sums, ReadOnlySpan<byte> row)
    {
        var x = 0;
        for (; x + Vector<byte>.Count <= row.Length; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out var low, out var high);
            (new Vector<ushort>(sums[x..]) + low).CopyTo(sums[x..]);
            (new Vector<ushort>(sums[(x + Vector<ushort>.Count)..]) + high).CopyTo(sums[(x + Vector<ushort>.Count)..]);
        }

        for (; x < row.Length; x++)
        {
            sums[x] += row[x];
        }
    }

    private static void AddRow(Span<float> sums, ReadOnlySpan<byte> row, float weight)
    {
        var x = 0;
        for (; x + Vector<byte>.Count <= row.Length; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out var low, out var high);
            AddWords(sums[x..], low, weight);
            AddWords(sums[(x + Vector<ushort>.Count)..], high, weight);
        }

        for (; x < row.Length; x++)
        {
            sums[x] += weight * row[x];
        }
    }

    private static void AddWords(Span<float> sums, Vector<ushort> words, float weight)
    {
        Vector.Widen(words, out var low, out var high);
        (new Vector<float>(sums) + (Vector.ConvertToSingle(low.As<uint, int>()) * weight)).CopyTo(sums);
        sums = sums[Vector<float>.Count..];
        (new Vector<float>(sums) + (Vector.ConvertToSingle(high.As<uint, int>()) * weight)).CopyTo(sums);
    }

    /// <summary>The means of blocks of columns, rounded.</summary>
    private static void AverageBlocks(ReadOnlySpan<ushort> columns, int rows, int factor, Span<byte> means)
    {
        var x = factor == 2 && rows == 2 ? AverageFours(columns, means) : 0;
        for (; x < means.Length; x++)
        {
            var block = columns.Slice(x * factor, Math.Min(factor, columns.Length - (x * factor)));
            var sum = 0;
            foreach (var column in block)
            {
                sum += column;
            }

            var count = rows * block.Length;
            means[x] = (byte)((sum + (count / 2)) / count);
        }
    }

    // The blocks of a page's canvas. What one vector cannot be filled with is left.
    private static int AverageFours(ReadOnlySpan<ushort> columns, Span<byte> means)
    {
        var x = 0;
        for (; x + Vector128<byte>.Count <= means.Length && (2 * x) + Vector512<ushort>.Count <= columns.Length; x += Vector128<byte>.Count)
        {
            var pairs = Vector512.Create(columns[(2 * x)..]).AsUInt32();
            var mean = ((pairs & Vector512.Create<uint>(ushort.MaxValue)) + (pairs >> 16) + Vector512.Create(2u)) >> 2;
            var words = Vector256.Narrow(mean.GetLower(), mean.GetUpper());
            Vector128.Narrow(words.GetLower(), words.GetUpper()).CopyTo(means[x..]);
        }

        return x;
    }
}
