using DigitService.Recognition.Inference;

namespace DigitService.Bench;

/// <summary>What a model made of a picture.</summary>
/// <param name="File">Its path in the folder of its set.</param>
/// <param name="Prediction">The answer; null if nothing was found to be drawn.</param>
internal sealed record JudgedPicture(string File, Prediction? Prediction)
{
    /// <summary>What it shows: a digit from 0 to 9, or the name of something else.</summary>
    internal string Shown { get; } = Path.GetDirectoryName(File)!;

    /// <summary>The digit that is shown; null if none is.</summary>
    internal int? Digit => Shown is [>= '0' and <= '9'] ? Shown[0] - '0' : null;

    /// <summary>Whether the answer is to be believed.</summary>
    internal bool IsAccepted => Prediction is { Reason: null };

    internal bool IsRight => Prediction is not null && Prediction.Digit == Digit;

    /// <summary>Whether what is no digit was accepted, or a digit was refused or misread.</summary>
    internal bool IsMisjudged => Digit is null ? IsAccepted : !IsAccepted || !IsRight;
}
