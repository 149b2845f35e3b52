using DigitService.Recognition.Data;
using DigitService.Training;
using Microsoft.Extensions.Options;

namespace DigitService.Models;

/// <summary>MNIST's test images, read when they are first needed.</summary>
internal sealed partial class TestImages(IOptions<TrainingServiceOptions> options, ILogger<TestImages> logger)
{
    private readonly Lock _reading = new();
    private DigitImages? _images;

    /// <exception cref="BadHttpRequestException">The service has no such images.</exception>
    internal DigitImages Get()
    {
        lock (_reading)
        {
            try
            {
                return _images ??= MnistDataset.ReadTest(options.Value.DataOrDefault());
            }
            catch (DatasetException error)
            {
                LogUnreadable(error.Message);
                throw new BadHttpRequestException(
                    "The service cannot read MNIST's test images, which this needs; its log says why.", StatusCodes.Status500InternalServerError, error);
            }
        }
    }

    /// <summary>The images, or null if the service has none.</summary>
    internal DigitImages? TryGet()
    {
        try
        {
            return Get();
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "The test images cannot be read: {Reason} Training:Data says where they are")]
    private partial void LogUnreadable(string reason);
}
