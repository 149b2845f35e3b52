using DigitService.Recognition.Imaging;
using DigitService.Recognition.Models;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Inference;

/// <summary>Reads digits in pictures with a model. It does not own the model, and may be used by one thread at a time.</summary>
public sealed class DigitReader
{
    private readonly LoadedModel _model;
    private readonly IImageDecoder _decoder;

    /// <param name="model">Who answers.</param>
    /// <param name="decoder">What decodes pictures; the build's own where null.</param>
    public DigitReader(LoadedModel model, IImageDecoder? decoder = null)
    {
        TorchRuntime.Configure();
        _model = model;
        _decoder = decoder ?? ImageDecoder.Default;
    }

    /// <summary>Reads the digit in an encoded picture.</summary>
    /// <param name="encoded">The bytes of a PNG, JPEG, WebP, BMP or GIF.</param>
    /// <param name="mode">How it becomes 28×28 pixels; as the model was made for where null.</param>
    /// <returns>The answer; null if nothing is drawn.</returns>
    /// <exception cref="ImageException">It is no such picture, is too large, or is damaged.</exception>
    public Prediction? Read(ReadOnlySpan<byte> encoded, PreprocessMode? mode = null) =>
        Preprocessor.Process(_decoder.Decode(encoded), mode ?? Enum.Parse<PreprocessMode>(_model.Info.Preprocess, ignoreCase: true)) is { } pixels
            ? Predict(pixels)
            : null;

    /// <summary>Answers to pixels that are laid out as MNIST's are.</summary>
    /// <param name="pixels">784 values, row by row, 0 for paper to 255 for ink.</param>
    /// <exception cref="ArgumentException">There are more or fewer pixels.</exception>
    public Prediction Predict(byte[] pixels)
    {
        ForwardPass.RequirePixels(pixels);
        return ForwardPass.Read(_model, [pixels])[0];
    }
}
