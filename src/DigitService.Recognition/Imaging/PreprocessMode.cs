namespace DigitService.Recognition.Imaging;

/// <summary>How a picture becomes the 28×28 pixels that a network reads.</summary>
public enum PreprocessMode
{
    /// <summary>As MNIST's makers did: the ink is found, scaled to fit 20×20 and centred by its centre of mass.</summary>
    Mnist,

    /// <summary>The whole picture resized to 28×28, its proportions and its polarity as they are.</summary>
    Plain,
}
