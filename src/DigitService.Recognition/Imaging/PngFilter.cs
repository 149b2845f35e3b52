using System.Runtime.Intrinsics;

namespace DigitService.Recognition.Imaging;

/// <summary>
/// The filters of PNG (ISO/IEC 15948, 9.2): a sample is stored as what it differs by from a guess, which is made of the
/// same sample of the pixels to its left (a), above it (b), and above to its left (c).
/// </summary>
internal static class PngFilter
{
    /// <summary>Makes of what a row of samples differs by the samples themselves.</summary>
    /// <param name="filter">The filter's number, 0 to 4.</param>
    /// <param name="row">One sample of each pixel.</param>
    /// <param name="above">The same sample of the row above; zeros above the first.</param>
    /// <exception cref="ImageException">There is no such filter.</exception>
    internal static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case 0:
                break;
            case 1:
                UndoLeft(row);
                break;
            case 2:
                UndoAbove(row, above);
                break;
            case 3:
                UndoAverage(row, above);
                break;
            case 4:
                UndoPaeth(row, above);
                break;
            default:
                throw ImageException.Damaged($"a row of the PNG has the filter {filter}; there are 0 to 4.");
        }
    }

    private static void UndoLeft(Span<byte> row)
    {
        var a = 0;
        foreach (ref var sample in row)
        {
            a += sample;
            sample = (byte)a;
        }
    }

    private static void UndoAbove(Span<byte> row, ReadOnlySpan<byte> above)
    {
        var i = 0;
        for (; i + Vector256<byte>.Count <= row.Length; i += Vector256<byte>.Count)
        {
            (Vector256.Create<byte>(row[i..]) + Vector256.Create(above[i..])).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    private static void UndoAverage(Span<byte> row, ReadOnlySpan<byte> above)
    {
        var a = 0;
        for (var i = 0; i < row.Length; i++)
        {
            a = (byte)(row[i] + ((a + above[i]) >> 1));
            row[i] = (byte)a;
        }
    }

    /// <summary>
    /// The guess is whichever of a, b and c is nearest to a + b − c, the first of equals. Put otherwise: where
    /// 3c − (a + b) is not above the lesser of a and b, that is the greater; where it is not below the greater, that is
    /// the lesser; else c. Where a is c, it is b.
    /// </summary>
    private static void UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above)
    {
        var (a, c) = (0, 0);
        for (var i = 0; i < row.Length; i++)
        {
            if (a == c && row[i] == 0)
            {
                // Nothing differs, nearly everywhere on empty paper: the row goes on as the one above does.
                var length = row[i..].IndexOfAnyExcept((byte)0);
                length = length < 0 ? row.Length - i : length;
                above.Slice(i, length).CopyTo(row[i..]);
                i += length - 1;
                a = c = above[i];
                continue;
            }

            int b = above[i];
            var (least, greatest, threshold) = (Math.Min(a, b), Math.Max(a, b), (3 * c) - b - a);
            var guess = threshold <= least ? greatest : greatest <= threshold ? least : c;
            a = (byte)(row[i] + guess);
            row[i] = (byte)a;
            c = b;
        }
    }
}
