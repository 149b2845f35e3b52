namespace DigitService.Bench;

/// <summary>The pictures of a set, of which there is at least one.</summary>
/// <param name="Name">What the set is called.</param>
/// <param name="Pictures">Its pictures, judged.</param>
internal sealed record AcceptanceSet(string Name, IReadOnlyList<JudgedPicture> Pictures)
{
    /// <summary>The share that was taken for digits.</summary>
    internal double Accepted => Share(_ => true, picture => picture.IsAccepted)!.Value;

    /// <summary>The share in which nothing was found to be drawn.</summary>
    internal double Empty => Share(_ => true, picture => picture.Prediction is null)!.Value;

    /// <summary>The share of the digits that was read right, whether accepted or not; null if there are none.</summary>
    internal double? Accuracy => Share(picture => picture.Digit is not null, picture => picture.IsRight);

    /// <summary>The share of the accepted digits that was read right; null if there are none.</summary>
    internal double? AccuracyOfAccepted => Share(picture => picture.Digit is not null && picture.IsAccepted, picture => picture.IsRight);

    /// <summary>The mean confidence of the answers; null if nothing was found in any picture.</summary>
    internal double? Confidence => Pictures.Average(picture => picture.Prediction?.Confidence);

    private double? Share(Func<JudgedPicture, bool> among, Func<JudgedPicture, bool> counts) =>
        Pictures.Where(among).Average(picture => counts(picture) ? 1.0 : (double?)0);
}
