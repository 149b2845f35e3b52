using System.Runtime.InteropServices;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;

namespace DigitService.Models;

/// <summary>Loads the active model when the service starts. Without one the service starts too, and says what is missing.</summary>
internal sealed partial class ModelActivation(ModelRegistry registry, DigitClassifier classifier, ILogger<ModelActivation> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (registry.GetActiveId() is { } id)
            {
                classifier.Activate(id);
                LogActive(id);
            }
            else
            {
                LogNone(registry.Folder);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ExternalException)
        {
            LogUnusable(error.Message);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "The model {Id} answers")]
    private partial void LogActive(string id);

    [LoggerMessage(LogLevel.Warning, "There is no active model in {Folder}: train one with script/train, then start the service again")]
    private partial void LogNone(string folder);

    [LoggerMessage(LogLevel.Error, "The active model cannot be used, and nothing is read until another is activated: {Reason}")]
    private partial void LogUnusable(string reason);
}
