using Microsoft.Extensions.Options;

namespace DigitService.Predictions;

/// <summary>Says which value is out of its range, and what is accepted.</summary>
internal sealed class PredictionOptionsValidation : IValidateOptions<PredictionOptions>
{
    public ValidateOptionsResult Validate(string? name, PredictionOptions options)
    {
        string[] problems =
        [
            .. Check(nameof(options.ConcurrentRequests), options.ConcurrentRequests, 1, 100_000),
            .. Check(nameof(options.ConcurrentBatches), options.ConcurrentBatches, 1, 1_000),
            .. Check(nameof(options.LargePictures), options.LargePictures, 1, 1_000),
            .. Check(nameof(options.BodyMegabytes), options.BodyMegabytes, 32, 65_536),
            .. Check(nameof(options.BodySeconds), options.BodySeconds, 1, 3_600),
            .. Check(nameof(options.BatchFiles), options.BatchFiles, 1, 10_000),
            .. Check(nameof(options.BatchMegabytes), options.BatchMegabytes, 1, 1_024),
            .. Check(nameof(options.ModelsInMemory), options.ModelsInMemory, 1, 100),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string[] Check(string key, int value, int least, int most) => value >= least && value <= most
        ? []
        : [$"Predictions:{key} is {value:N0}; accepted: {least:N0} to {most:N0}."];
}
