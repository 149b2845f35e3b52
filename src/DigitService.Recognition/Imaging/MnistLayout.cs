using DigitService.Recognition.Data;

namespace DigitService.Recognition.Imaging;

/// <summary>
/// MNIST's layout: "normalized to fit in a 20×20 pixel box while preserving their aspect ratio … centered in a 28×28 image
/// by computing the center of mass of the pixels" (http://yann.lecun.com/exdb/mnist).
/// </summary>
internal static class MnistLayout
{
    internal const int BoxSide = 20;

    private const int Side = DigitImages.Side;

    // MNIST's strokes are full black inside. Thin ones are gray after averaging, and are stretched by at most so much.
    private const int FullInkPixels = 12;
    private const float MaxGain = 4;

    /// <summary>784 pixels.</summary>
    internal static byte[] Arrange(Drawing drawing)
    {
        var scale = (float)BoxSide / drawing.Box.Side;
        Span<byte> box = stackalloc byte[BoxSide * BoxSide];
        Resampling.Resize(drawing.Ink, drawing.Box, (scale, scale), box, BoxSide);
        Stretch(box);
        return Center(box, Length(drawing.Box.Width * scale), Length(drawing.Box.Height * scale));
    }

    private static void Stretch(Span<byte> box)
    {
        Span<int> histogram = stackalloc int[256];
        foreach (var pixel in box)
        {
            histogram[pixel]++;
        }

        var (level, count) = (255, histogram[255]);
        while (level > 1 && count < FullInkPixels)
        {
            count += histogram[--level];
        }

        var gain = Math.Min(MaxGain, 255f / level);
        foreach (ref var pixel in box)
        {
            pixel = (byte)Math.Min(255, (pixel * gain) + 0.5f);
        }
    }

    internal static byte[] Center(ReadOnlySpan<byte> box, int width, int height)
    {
        var (mass, sumX, sumY) = (0, 0, 0);
        for (var i = 0; i < box.Length; i++)
        {
            mass += box[i];
            sumX += box[i] * (i % BoxSide);
            sumY += box[i] * (i / BoxSide);
        }

        // MNIST's centres of mass lie within half a pixel of the pixel (14, 14), counted from 0. All of the drawing stays in sight.
        const double Middle = Side / 2;
        var left = Math.Clamp((int)Math.Round(Middle - ((double)sumX / mass)), 0, Side - width);
        var top = Math.Clamp((int)Math.Round(Middle - ((double)sumY / mass)), 0, Side - height);
        var image = new byte[DigitImages.Pixels];
        for (var y = 0; y < height; y++)
        {
            box.Slice(y * BoxSide, width).CopyTo(image.AsSpan(((top + y) * Side) + left));
        }

        return image;
    }

    private static int Length(float length) => Math.Min(BoxSide, (int)MathF.Ceiling(length - 1e-3f));
}
