using System.Globalization;

namespace DigitService.Bench;

/// <summary>PyTorch for Python in a process of its own, which trains an epoch whenever it is asked to.</summary>
internal sealed class PyTorchTraining : IDisposable
{
    private readonly PeerProcess _process;

    /// <param name="name">How the peer is listed.</param>
    /// <param name="mnist">The folder of MNIST's files.</param>
    /// <param name="recipe">What it trains, and how: <c>cnn</c> or <c>fast</c>.</param>
    /// <param name="threads">Threads inside an operator; 0 leaves them as PyTorch sets them itself.</param>
    /// <param name="seed">What its first weights and the images' order come from.</param>
    internal PyTorchTraining(string name, string mnist, string recipe, int threads, long seed)
    {
        Name = name;
        _process = PeerProcess.OfPyTorch(
            "train_pytorch.py",
            oneCore: false,
            mnist,
            recipe,
            threads.ToString(CultureInfo.InvariantCulture),
            seed.ToString(CultureInfo.InvariantCulture));
    }

    internal string Name { get; }

    internal Epoch TrainEpoch()
    {
        var answer = _process.Ask("");
        return new Epoch(answer.GetProperty("seconds").GetDouble(), answer.GetProperty("accuracy").GetDouble());
    }

    public void Dispose() => _process.Dispose();
}

/// <summary>How long an epoch took, and what share of the test images is read right after it.</summary>
internal sealed record Epoch(double Seconds, double Accuracy)
{
    internal string Percent => (100 * Accuracy).ToString("F2", CultureInfo.InvariantCulture);
}
