using DigitService.Recognition.Feedback;

namespace DigitService.Feedback;

/// <summary>What GET /feedback answers.</summary>
/// <param name="Total">How many pictures are meant by the filters.</param>
/// <param name="Page">Which part of them this is, from 1.</param>
/// <param name="Limit">How many a page has.</param>
/// <param name="Samples">They, the newest first.</param>
/// <param name="Damaged">Those whose files are damaged, whatever the filters are, with the reason. They can be deleted.</param>
internal sealed record SampleListAnswer(
    int Total, int Page, int Limit, IReadOnlyList<SampleAnswer> Samples, IReadOnlyList<DamagedSample> Damaged)
{
    internal static SampleListAnswer Of(IReadOnlyList<FeedbackEntry> entries, FeedbackQuery query, int page, int limit, bool withInput)
    {
        var found = entries.Select(entry => entry.Sample).OfType<FeedbackSample>().Where(query.Matches).ToList();
        return new SampleListAnswer(
            found.Count,
            page,
            limit,
            [.. found.Skip((page - 1) * limit).Take(limit).Select(sample => SampleAnswer.Of(sample, withInput))],
            [.. entries.Where(entry => entry.Error is not null).Select(entry => new DamagedSample(entry.Id, entry.Error!))]);
    }
}

/// <summary>A picture that cannot be used.</summary>
/// <param name="Id">Its name here.</param>
/// <param name="Error">Why, as a sentence.</param>
internal sealed record DamagedSample(string Id, string Error);
