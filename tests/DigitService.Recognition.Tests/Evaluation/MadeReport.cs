using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;

namespace DigitService.Recognition.Tests;

/// <summary>Reports of models that misread those images which a fact wants misread, and no others.</summary>
public static class MadeReport
{
    private const float Sure = 0.91f;

    /// <summary>A report on so many images, which show the digits in turn.</summary>
    public static EvaluationReport Of(int count, params int[] misread) =>
        Of(new DigitImages(new byte[count * DigitImages.Pixels], [.. Enumerable.Range(0, count).Select(i => (byte)(i % DigitImages.Classes))]), misread);

    /// <summary>A report on images of which some are taken for the next digit, all with the same confidence.</summary>
    public static EvaluationReport Of(DigitImages images, params int[] misread)
    {
        var probabilities = new float[images.Count * DigitImages.Classes];
        for (var i = 0; i < images.Count; i++)
        {
            var row = probabilities.AsSpan(i * DigitImages.Classes, DigitImages.Classes);
            row.Fill((1 - Sure) / (DigitImages.Classes - 1));
            row[(images.Label(i) + (misread.Contains(i) ? 1 : 0)) % DigitImages.Classes] = Sure;
        }

        return EvaluationReport.Of(probabilities, images);
    }
}
