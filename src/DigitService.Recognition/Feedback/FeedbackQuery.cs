using DigitService.Recognition.Data;

namespace DigitService.Recognition.Feedback;

/// <summary>Which samples are asked for: those to which all applies that is not null.</summary>
public sealed record FeedbackQuery
{
    /// <summary>What they show: 0 to 9, or <see cref="DigitImages.NoDigit"/>.</summary>
    public int? Label { get; init; }

    /// <summary>What was answered: 0 to 9, or <see cref="DigitImages.NoDigit"/> where no digit was.</summary>
    public int? Predicted { get; init; }

    /// <summary>Whether only those are asked for that were answered wrong.</summary>
    public bool WrongOnly { get; init; }

    /// <summary>The earliest time of the first storing.</summary>
    public DateTimeOffset? Since { get; init; }

    public bool Matches(FeedbackSample sample) =>
        (Label is not { } label || sample.Label == label)
        && (Predicted is not { } predicted || (sample.Prediction is { } answer && (answer.Digit ?? DigitImages.NoDigit) == predicted))
        && (!WrongOnly || sample.IsWrong)
        && (Since is not { } since || sample.CreatedAt >= since);
}
