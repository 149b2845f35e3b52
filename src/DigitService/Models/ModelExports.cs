using DigitService.Recognition.Export;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;

namespace DigitService.Models;

/// <summary>Writes models in other formats, one after the other: however many ask, one model is in memory for it.</summary>
internal sealed class ModelExports(ModelRegistry registry) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The file, from its beginning. It is gone when it is closed.</summary>
    internal async Task<FileStream> WriteAsync(string id, ExportFormat format, CancellationToken cancellation)
    {
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

    public void Dispose() => _turn.Dispose();

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
