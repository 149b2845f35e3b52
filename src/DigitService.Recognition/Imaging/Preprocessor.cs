using DigitService.Recognition.Data;

namespace DigitService.Recognition.Imaging;

/// <summary>Makes of any picture of a digit what networks learn from: an image of the kind of MNIST's.</summary>
public static class Preprocessor
{
    // A digit that is small in its picture was seen too coarsely: it is looked at again, by itself, in full resolution.
    private const double SmallShare = 0.4;
    private const double CropMargin = 0.4;

    /// <summary>
    /// The 28×28 pixels of <see cref="PreprocessMode.Mnist"/> or <see cref="PreprocessMode.Plain"/>.
    /// <para>
    /// <c>Mnist</c> tells paper from ink (either may be the lighter; the paper may be gray, uneven, ruled or shadowed),
    /// keeps the strokes of the main drawing and drops specks, lines and borders, brings very thin and very thick strokes
    /// nearer to a pen's, and lays the result out as MNIST is: the ink's bounding box scaled to 20×20 with its proportions
    /// kept, by area averaging, and its centre of mass in the middle (LeCun, Bottou, Bengio and Haffner, 1998).
    /// </para>
    /// <para>
    /// <c>Plain</c> resizes the whole picture and does nothing else: white is ink, whatever the picture shows. Black on
    /// white therefore comes out reversed, as it does in programs that only resize.
    /// </para>
    /// </summary>
    /// <param name="image">A picture of at most 32,767 pixels a side, as decoders give it.</param>
    /// <param name="mode">How it becomes 28×28 pixels.</param>
    /// <returns>784 values, row by row, 0 for paper to 255 for ink; null if nothing is drawn.</returns>
    /// <exception cref="InvalidInputException">A side is longer.</exception>
    /// <exception cref="ArgumentException">The pixels are not as many as the sides say, or there is no such mode.</exception>
    public static byte[]? Process(GrayImage image, PreprocessMode mode = PreprocessMode.Mnist)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(image.Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(image.Height, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Pixels.LongLength, (long)image.Width * image.Height);
        if (image.Width > ImageHeader.MaxSide || image.Height > ImageHeader.MaxSide)
        {
            throw new InvalidInputException(
                $"The picture has {image.Width:N0}×{image.Height:N0} pixels. At most {ImageHeader.MaxSide:N0} a side are accepted.");
        }

        return mode switch
        {
            PreprocessMode.Mnist => Mnist(image),
            PreprocessMode.Plain => Plain(image),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "The mode is either Mnist or Plain."),
        };
    }

    private static byte[]? Mnist(GrayImage image)
    {
        var factor = Resampling.WorkingFactor(image.Width, image.Height);
        var drawing = DrawingFinder.Find(Reduction.Of(image, factor), factor);
        if (drawing is null)
        {
            return null;
        }

        var side = Math.Max(drawing.Box.Width, drawing.Box.Height) * factor;
        if (factor > 1 && side < SmallShare * Math.Max(image.Width, image.Height))
        {
            var crop = drawing.Box.Scaled(factor).Grown((int)(CropMargin * side) + factor).Within(image.Width, image.Height);
            var closer = Resampling.Crop(image, crop);
            var closerFactor = Resampling.WorkingFactor(crop.Width, crop.Height);
            drawing = DrawingFinder.Find(Reduction.Of(closer, closerFactor), closerFactor) ?? drawing;
        }

        return MnistLayout.Arrange(StrokeWidth.Normalize(drawing));
    }

    private static byte[]? Plain(GrayImage image)
    {
        if (image.Pixels.AsSpan().IndexOfAnyExcept(image.Pixels[0]) < 0)
        {
            return null;
        }

        if ((image.Width, image.Height) == (DigitImages.Side, DigitImages.Side))
        {
            return (byte[])image.Pixels.Clone();
        }

        var resized = new byte[DigitImages.Pixels];
        var scale = (X: (float)DigitImages.Side / image.Width, Y: (float)DigitImages.Side / image.Height);
        Resampling.Resize(image, new Box(0, 0, image.Width, image.Height), scale, resized, DigitImages.Side);
        return resized;
    }
}
