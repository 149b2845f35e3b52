namespace DigitService.Feedback;

/// <summary>What PUT /feedback/{id} takes.</summary>
/// <param name="Label">What the picture shows, 0 to 9; <c>"none"</c> or null for what is not a digit.</param>
internal sealed record LabelChange(int? Label);
