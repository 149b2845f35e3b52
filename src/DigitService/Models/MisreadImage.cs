namespace DigitService.Models;

/// <summary>A test image that a model misreads.</summary>
/// <param name="Index">Its place among MNIST's test images, from 0.</param>
/// <param name="Actual">The digit that it shows.</param>
/// <param name="Predicted">The model's answer.</param>
/// <param name="Confidence">The probability that the model gave to its answer, 0 to 1.</param>
/// <param name="Image">The image as a PNG of 28×28 pixels in a data address, light ink on dark ground.</param>
internal sealed record MisreadImage(int Index, int Actual, int Predicted, float Confidence, string Image);
