using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;

namespace DigitService.Feedback;

/// <summary>Whether corrected pictures are kept, where, how many and for how long: the section <c>Feedback</c> of the configuration.</summary>
internal sealed class FeedbackOptions
{
    internal const string Section = "Feedback";

    /// <summary>Whether pictures that people correct are kept at all. If not, what was kept before stays where it is, and nobody is shown it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The folder of the pictures; null for <c>data/feedback</c> in the folder that has <c>data/mnist</c>, or beside the program.</summary>
    public string? Folder { get; init; }

    /// <summary>How many pictures are kept, 1 to 100,000. More are refused with 507; nothing is given up for them.</summary>
    public int MaximumSamples { get; init; } = 10_000;

    /// <summary>How many megabytes they may have together, 1 to 65,536.</summary>
    public int MaximumMegabytes { get; init; } = 1_024;

    /// <summary>After how many days a picture is deleted, 1 to 36,500; 0 to keep it until somebody deletes it.</summary>
    public int RetentionDays { get; init; }

    /// <summary>The largest ZIP that POST /feedback/import takes, in megabytes, 1 to 1,024.</summary>
    public int LargestImport { get; init; } = 256;

    internal long LargestImportBytes => (long)LargestImport << 20;

    internal FeedbackLimits Limits => new()
    {
        MaximumSamples = MaximumSamples,
        MaximumBytes = (long)MaximumMegabytes << 20,
        RetentionDays = RetentionDays,
    };

    internal string FolderOrDefault() =>
        Folder ?? Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "data", "feedback");
}
