namespace DigitService.Recognition.Imaging;

/// <summary>
/// Reduces pictures before ink is looked for: to the means of blocks, or, where a thin pen on a very large picture would
/// drown in the paper around it, to what differs most from the paper.
/// </summary>
internal static class Reduction
{
    // From this factor on, a black pen of one pixel may be fainter in the mean than ink that is looked for.
    private const int CoarseFactor = 8;

    // Clean paper, of one level, has nearly all pixels, and nearly all blocks keep it. Specks and noise leave more marks.
    private const double PaperShare = 0.99;
    private const double LargestMarkedShare = 0.04;
    private const int NearPaper = 2;
    private const int Mark = 14;

    internal static GrayImage Of(GrayImage image, int factor)
    {
        if (factor >= CoarseFactor && Paper(image) is { } paper)
        {
            var extremes = Resampling.ReduceToExtremes(image, factor, paper);
            var marked = extremes.Pixels.Count(pixel => Math.Abs(pixel - paper) >= Mark);
            if (marked <= LargestMarkedShare * extremes.Pixels.Length)
            {
                return extremes;
            }
        }

        return Resampling.Reduce(image, factor);
    }

    private static int? Paper(GrayImage image)
    {
        Span<int> histogram = stackalloc int[256];
        foreach (var pixel in image.Pixels)
        {
            histogram[pixel]++;
        }

        var paper = 0;
        for (var level = 1; level < histogram.Length; level++)
        {
            paper = histogram[level] > histogram[paper] ? level : paper;
        }

        var near = 0;
        for (var level = Math.Max(0, paper - NearPaper); level <= Math.Min(255, paper + NearPaper); level++)
        {
            near += histogram[level];
        }

        return near >= PaperShare * image.Pixels.Length ? paper : null;
    }
}
