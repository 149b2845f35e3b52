using System.Text.Json;
using DigitService.Recognition.Data;

namespace DigitService.Bench;

/// <summary>How large the container's image is, as <c>tests/container/check</c> found when it built it.</summary>
/// <param name="Megabytes">Its size, unpacked.</param>
/// <param name="Source">Where its libtorch came from: <c>system</c> or <c>nuget</c>.</param>
/// <param name="Commit">What it was built of.</param>
internal sealed record ImageSize(double Megabytes, string Source, string Commit)
{
    internal static BenchmarkSection Section()
    {
        const string Title = "Image";
        var path = Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "artifacts", "container", "image.json");
        if (!File.Exists(path))
        {
            return new(Title, "Not measured here: `tests/container/check` has not built the image.", [new("the image, unpacked", "MB", [], "", [])]);
        }

        var image = JsonSerializer.Deserialize<ImageSize>(File.ReadAllText(path), JsonSerializerOptions.Web)!;
        return new(
            Title,
            $"What `tests/container/check` built of the Dockerfile at commit {image.Commit}, with `LIBRARY_SOURCE={image.Source}`; everything that is in its root file system.",
            [new("the image, unpacked", "MB", [image.Megabytes], "", [])]);
    }
}
