namespace DigitService.Recognition.Data;

/// <summary>How a pixel, 0 for paper to 255 for ink, becomes the number that a network reads.</summary>
public enum Normalization
{
    /// <summary>From 0 to 1, with the mean and the standard deviation of MNIST's training images taken out.</summary>
    Mnist,

    /// <summary>From 0 to 1.</summary>
    Unit,

    /// <summary>From -1 to 1.</summary>
    Symmetric,
}
