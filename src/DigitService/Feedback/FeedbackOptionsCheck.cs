using Microsoft.Extensions.Options;

namespace DigitService.Feedback;

/// <summary>Says at the start what is wrong with the section <c>Feedback</c>.</summary>
internal sealed class FeedbackOptionsCheck : IValidateOptions<FeedbackOptions>
{
    public ValidateOptionsResult Validate(string? name, FeedbackOptions options)
    {
        string[] problems =
        [
            .. Check(nameof(options.MaximumSamples), options.MaximumSamples, 1, 100_000),
            .. Check(nameof(options.MaximumMegabytes), options.MaximumMegabytes, 1, 65_536),
            .. Check(nameof(options.RetentionDays), options.RetentionDays, 0, 36_500),
            .. Check(nameof(options.LargestImport), options.LargestImport, 1, 1_024),
        ];
        if (options.Folder is { } folder && (string.IsNullOrWhiteSpace(folder) || File.Exists(folder)))
        {
            problems = [.. problems, $"{FeedbackOptions.Section}:{nameof(options.Folder)} is '{folder}'; accepted: a folder, which is made if it is missing, or nothing at all for data/feedback."];
        }

        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string[] Check(string key, int value, int least, int most) => value >= least && value <= most
        ? []
        : [$"{FeedbackOptions.Section}:{key} is {value:N0}; accepted: {least:N0} to {most:N0}."];
}
