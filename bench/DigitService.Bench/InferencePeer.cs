using System.Text.Json;

namespace DigitService.Bench;

/// <summary>Pillow and PyTorch for Python in a process of its own, which measures its steps whenever it is asked to.</summary>
internal sealed class InferencePeer(BenchmarkFolder folder, string network) : IDisposable
{
    private readonly PeerProcess _process = PeerProcess.OfPyTorch(
        "inference_pytorch.py", oneCore: true, folder.PictureFolder, network, folder.WeightsOf(network));

    /// <summary>Microseconds of CPU time for one picture, by step.</summary>
    internal Dictionary<string, double> Measure() => _process.Ask("").Deserialize<Dictionary<string, double>>()!;

    public void Dispose() => _process.Dispose();
}
