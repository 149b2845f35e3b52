using System.Diagnostics.CodeAnalysis;
using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using DigitService.Recognition.Runs;
using Microsoft.Extensions.Options;

namespace DigitService.Training;

/// <summary>Where things are on this machine, which callers over HTTP are not told: the library's sentences name files.</summary>
internal sealed class ServerPaths(RunStore runs, ModelRegistry models, FeedbackStore feedback, IOptions<TrainingServiceOptions> options)
{
    private readonly string[] _folders =
    [
        .. new[]
        {
            runs.Folder,
            models.Folder,
            feedback.Folder,
            Path.GetFullPath(options.Value.Data ?? Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "data", "mnist")),
            Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
        }.OrderByDescending(folder => folder.Length),
    ];

    /// <summary>The text with the folders' names in place of their paths.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal string? HideIn(string? text) => text is null ? null : _folders.Aggregate(
        text, (shorter, folder) => shorter.Replace(folder, Path.GetFileName(folder), StringComparison.Ordinal));
}
