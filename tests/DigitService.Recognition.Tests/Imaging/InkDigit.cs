using System.IO.Compression;
using System.Text.Json;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>A digit as a pen drew it: pen-down to pen-up, points from 0 to 500, y pointing down.</summary>
internal sealed record InkDigit(int Label, string Writer, int[][][] Strokes)
{
    private static readonly JsonSerializerOptions _options = new() { PropertyNameCaseInsensitive = true };

    private static readonly Lazy<IReadOnlyList<InkDigit>> _sample = new(
        () => Read(Path.Combine(AppContext.BaseDirectory, "Imaging", "Fixtures", "pen-digits.jsonl.gz")));

    /// <summary>Digits of 30 writers; see Fixtures/pen-digits.md.</summary>
    internal static IReadOnlyList<InkDigit> Sample => _sample.Value;

    internal static IReadOnlyList<InkDigit> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var digits = new List<InkDigit>();
        while (reader.ReadLine() is { } line)
        {
            digits.Add(JsonSerializer.Deserialize<InkDigit>(line, _options)!);
        }

        return digits;
    }
}
