namespace DigitService.Recognition.Feedback;

/// <summary>What storing a picture changed.</summary>
public enum FeedbackOutcome
{
    /// <summary>The picture was not there.</summary>
    Added,

    /// <summary>The picture was there with another label.</summary>
    Corrected,

    /// <summary>The picture was there with this label.</summary>
    Unchanged,
}
