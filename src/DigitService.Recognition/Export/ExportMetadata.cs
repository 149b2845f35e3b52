using System.Globalization;
using DigitService.Recognition.Data;

namespace DigitService.Recognition.Export;

/// <summary>What a file says about itself, so that whoever finds it can feed it properly.</summary>
internal static class ExportMetadata
{
    internal const string Producer = "DigitService";

    private const string Digits = "0,1,2,3,4,5,6,7,8,9";

    internal static string Version { get; } =
        typeof(ExportMetadata).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    internal static string Help(Normalization normalization, double temperature, bool tellsDigits)
    {
        var (mean, deviation) = Constants(normalization);
        var pixels = normalization == Normalization.Unit
            ? "pixel / 255"
            : $"(pixel / 255 - {Text(mean)}) / {Text(deviation)}";
        var logits = temperature == 1 ? "" : $" divided by the temperature, {Text(temperature)},";
        var answer = tellsDigits
            ? $"Gives N x 11 logits, one for each digit from 0 to 9 and the last for no digit; softmax of the first ten{logits} "
                + "makes probabilities of the digits if there is one, and softmax of all eleven as they are ends with the "
                + "probability that there is none."
            : $"Gives N x 10 logits, one for each digit from 0 to 9; softmax of these logits{logits} makes probabilities.";
        return "Reads pictures of handwritten digits, N x 1 x 28 x 28, light ink on a dark ground as in MNIST, each "
            + $"pixel of 0 to 255 given as {pixels}. {answer}";
    }

    internal static Dictionary<string, string> Of(string network, Normalization normalization, double temperature, bool tellsDigits)
    {
        var (mean, deviation) = Constants(normalization);
        return new Dictionary<string, string>
        {
            ["producer"] = $"{Producer} {Version}",
            ["network"] = network,
            ["normalization"] = normalization.ToString().ToLowerInvariant(),
            ["mean"] = Text(mean),
            ["standard_deviation"] = Text(deviation),
            ["temperature"] = Text(temperature),
            ["classes"] = tellsDigits ? $"{Digits},none" : Digits,
            ["description"] = Help(normalization, temperature, tellsDigits),
        };
    }

    private static (float Mean, float StandardDeviation) Constants(Normalization normalization) => normalization switch
    {
        Normalization.Mnist => (MnistDataset.Mean, MnistDataset.StandardDeviation),
        Normalization.Unit => (0, 1),
        Normalization.Symmetric => (0.5f, 0.5f),
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, "Not a normalization."),
    };

    private static string Text(float number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
