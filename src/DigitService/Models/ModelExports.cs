using DigitService.Recognition.Export;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;

namespace DigitService.Models;

/// <summary>
/// Writes models in other formats, one after the other: however many ask, one model is in memory for it. A file is on the
/// disk until it is sent, and clients may be slow: there are a few at once, and those who ask meanwhile wait a little.
/// </summary>
internal sealed class ModelExports(ModelRegistry registry) : IDisposable
{
    private const int FilesAtOnce = 4;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _files = new(FilesAtOnce);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The file, from its beginning. It is gone when it is closed, and others may have one when the response is complete.</summary>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used.</exception>
    /// <exception cref="BadHttpRequestException">Too many others are being sent.</exception>
    internal async Task<FileStream> WriteAsync(string id, ExportFormat format, HttpResponse response)
    {
        var cancellation = response.HttpContext.RequestAborted;
        if (!await _files.WaitAsync(_patience, cancellation))
        {
            throw new BadHttpRequestException(
                $"{FilesAtOnce} models are being exported already. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }

        response.OnCompleted(() =>
        {
            _files.Release();
            return Task.CompletedTask;
        });
        await _turn.WaitAsync(cancellation);
        try
        {
            return Write(id, format);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        _turn.Dispose();
    }

    private FileStream Write(string id, ExportFormat format)
    {
        using var model = registry.Load(id);

        // The folder of the models may be one that is only read.
        var file = ScratchFile.Create(Path.GetTempPath());
        try
        {
            NetworkExport.Write(file, format, model.Network, model.Info.Network, model.Info.Normalization, model.Info.Temperature);
            file.Position = 0;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
