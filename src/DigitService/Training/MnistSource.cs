using DigitService.Recognition.Data;
using Microsoft.Extensions.Options;

namespace DigitService.Training;

/// <summary>MNIST, read when the first run needs it. Whoever uses it holds its 55 MB; while nobody does, they may be collected.</summary>
internal sealed class MnistSource(IOptions<TrainingServiceOptions> options)
{
    private readonly Lock _reading = new();
    private readonly WeakReference<MnistDataset?> _latest = new(null);

    /// <exception cref="DatasetException">A file is missing or damaged.</exception>
    internal MnistDataset Read()
    {
        lock (_reading)
        {
            if (!_latest.TryGetTarget(out var data))
            {
                data = MnistDataset.Read(options.Value.DataOrDefault());
                _latest.SetTarget(data);
            }

            return data;
        }
    }
}
