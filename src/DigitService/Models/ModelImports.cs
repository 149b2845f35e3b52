using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using Microsoft.Extensions.Options;

namespace DigitService.Models;

/// <summary>
/// Takes uploaded weights into the registry: a few uploads at once, and then one after the other is read and evaluated,
/// on a thread of its own.
/// </summary>
internal sealed class ModelImports(ModelRegistry registry, TestImages test, IOptions<ModelOptions> options) : IDisposable
{
    private const int UploadsAtOnce = 4;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _uploads = new(UploadsAtOnce);
    private readonly SemaphoreSlim _turn = new(1);

    /// <exception cref="BadHttpRequestException">The form or the weights are not accepted, or too many others are being imported.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any longer; nothing is left.</exception>
    internal async Task<ModelInfo> RunAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!await _uploads.WaitAsync(TimeSpan.Zero, cancellation))
        {
            throw new BadHttpRequestException(
                $"{UploadsAtOnce} models are being imported already. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            await using var file = ScratchFile.Create(registry.Folder);
            var import = await new ModelUpload(request, file, options.Value.LargestImportBytes).ReadAsync(cancellation);
            return await InTurnAsync(() => Import(file, import, cancellation), cancellation);
        }
        catch (Exception error) when (DiskFault.Is(error) && !cancellation.IsCancellationRequested)
        {
            throw DiskFault.Of(error, registry);
        }
        finally
        {
            _uploads.Release();
        }
    }

    public void Dispose()
    {
        _uploads.Dispose();
        _turn.Dispose();
    }

    private async Task<ModelInfo> InTurnAsync(Func<ModelInfo> import, CancellationToken cancellation)
    {
        if (!await _turn.WaitAsync(_patience, cancellation))
        {
            throw new BadHttpRequestException("Another model is being imported. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            // It computes for a second or more, which is nothing for the threads that answer requests.
            return await Task.Factory.StartNew(import, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _turn.Release();
        }
    }

    private ModelInfo Import(FileStream file, ModelImport import, CancellationToken cancellation)
    {
        try
        {
            // Weights hardly compress: what unfolds to more than an upload may have is none of ours.
            var limits = new PthLimits { MaximumTotalBytes = options.Value.LargestImportBytes };
            return import.Run(Checkpoint.Read(file, "The file", limits), registry, test.Get(), threads: 1, cancellation);
        }
        catch (PthFormatException error)
        {
            throw new BadHttpRequestException(error.Message, error);
        }
    }
}
