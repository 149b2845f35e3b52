using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Tests.Imaging;
using Microsoft.Playwright;

namespace DigitService.Browser.Tests;

/// <summary>Files of digits as they are on paper: black on white.</summary>
internal static class InkPicture
{
    private const int Side = 120;

    /// <summary>The first digit of its kind among those that people drew, as the file digit-4.png.</summary>
    internal static FilePayload Png(int label)
    {
        var ink = InkRenderer.Coverage(InkDigit.Sample.First(digit => digit.Label == label), Side, 8, 0.6, (0, 0));
        var pixels = Array.ConvertAll(ink, covered => (byte)(255 * (1 - covered)));
        return new FilePayload { Name = $"digit-{label}.png", MimeType = "image/png", Buffer = GrayPng.Encode(pixels, Side) };
    }
}
