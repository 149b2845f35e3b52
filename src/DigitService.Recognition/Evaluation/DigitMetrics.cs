namespace DigitService.Recognition.Evaluation;

/// <summary>How well one digit is read. What would be divided by zero is 0, as in scikit-learn.</summary>
/// <param name="Digit">The digit, 0 to 9.</param>
/// <param name="Support">Images of the digit.</param>
/// <param name="Accuracy">The share of the digit's images that are read right, 0 to 1: its recall, by the name that tables of one class use.</param>
/// <param name="Precision">The share of the answers with this digit that are right, 0 to 1; 0 if it is never answered.</param>
/// <param name="Recall">The share of the digit's images that are read right, 0 to 1; 0 if there are none.</param>
/// <param name="F1">The harmonic mean of precision and recall, 0 to 1; 0 if both are 0.</param>
/// <param name="MostConfusedWith">
/// The wrong answers that the digit's images got most often, at most three, the most frequent first and the lower digit
/// first among equals.
/// </param>
public sealed record DigitMetrics(
    int Digit,
    int Support,
    double Accuracy,
    double Precision,
    double Recall,
    double F1,
    IReadOnlyList<Confusion> MostConfusedWith);

/// <summary>A wrong answer to a digit's images.</summary>
/// <param name="Digit">The answer.</param>
/// <param name="Count">How many of the images got it, 1 or more.</param>
public sealed record Confusion(int Digit, int Count);
