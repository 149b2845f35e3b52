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
        var sums = new int[width];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(sums);
            var rows = Math.Min(factor, image.Height - (y * factor));
            for (var row = 0; row < rows; row++)
            {
                AddBlocks(image.Pixels.AsSpan(((y * factor) + row) * image.Width, image.Width), factor, sums);
            }

            var target = reduced.AsSpan(y * width, width);
            for (var x = 0; x < width; x++)
            {
                var count = rows * Math.Min(factor, image.Width - (x * factor));
                target[x] = (byte)((sums[x] + (count / 2)) / count);
            }
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

        // Columns first: each row of the source becomes one of targetWidth values.
        var narrow = new float[box.Height * targetWidth];
        for (var y = 0; y < box.Height; y++)
        {
            var row = source.Pixels.AsSpan(((box.Y + y) * source.Width) + box.X, box.Width);
            for (var x = 0; x < targetWidth; x++)
            {
                var sum = 0f;
                var (first, weights) = columns[x];
                for (var i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * row[first + i];
                }

                narrow[(y * targetWidth) + x] = sum;
            }
        }

        for (var y = 0; y < rows.Length; y++)
        {
            var (first, weights) = rows[y];
            for (var x = 0; x < targetWidth; x++)
            {
                var sum = 0.5f;
                for (var i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * narrow[((first + i) * targetWidth) + x];
                }

                target[(y * targetWidth) + x] = (byte)Math.Clamp(sum, 0, 255);
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
        var first = (int)start;
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

    private static void AddBlocks(ReadOnlySpan<byte> row, int factor, int[] sums)
    {
        for (var x = 0; x < sums.Length; x++)
        {
            var block = row.Slice(x * factor, Math.Min(factor, row.Length - (x * factor)));
            var sum = 0;
            foreach (var pixel in block)
            {
                sum += pixel;
            }

            sums[x] += sum;
        }
    }
}
