using System.Globalization;
using DigitService.Recognition;
using DigitService.Recognition.Feedback;
using Microsoft.AspNetCore.Mvc;

namespace DigitService.Feedback;

/// <summary>Which pictures are meant, as addresses say it: those to which all applies.</summary>
internal sealed record FeedbackFilter(
    [FromQuery(Name = "label")] string? Label = null,
    [FromQuery(Name = "predicted")] string? Predicted = null,
    [FromQuery(Name = "wrong")] bool Wrong = false,
    [FromQuery(Name = "since")] string? Since = null)
{
    /// <exception cref="InvalidInputException">A label or a time is none.</exception>
    internal FeedbackQuery ToQuery() => new()
    {
        Label = Label is null ? null : FeedbackLabel.Parse(Label),
        Predicted = Predicted is null ? null
            : FeedbackLabel.TryParse(Predicted) ?? throw new InvalidInputException($"predicted is '{Predicted}'; accepted: {FeedbackLabel.Accepted}."),
        WrongOnly = Wrong,
        Since = Since is null ? null
            : DateTimeOffset.TryParse(Since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw new InvalidInputException($"since is '{Since}'; accepted: a time in ISO 8601, such as 2026-11-21T08:15:00Z."),
    };
}
