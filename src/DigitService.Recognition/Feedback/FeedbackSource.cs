namespace DigitService.Recognition.Feedback;

/// <summary>How a picture came to be there.</summary>
public enum FeedbackSource
{
    /// <summary>A file that somebody had.</summary>
    Uploaded,

    /// <summary>Drawn on the page.</summary>
    Drawn,

    /// <summary>An entry of an imported archive.</summary>
    Imported,
}
