using TorchSharp;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Networks;

/// <summary>The networks that can be trained. A new one is a file with its class, and a line here.</summary>
public static class NetworkCatalog
{
    private static readonly Lock _generator = new();

    public static IReadOnlyList<NetworkDefinition> All { get; } =
    [
        MlpNetwork.Relu,
        MlpNetwork.Sigmoid,
        MlpNetwork.Tanh,
        MlpBatchNormNetwork.Definition,
        LeNet5Network.Definition,
        CnnNetwork.Definition,
        ConvNetwork.Definition,
        ResidualNetwork.Plain,
        ResidualNetwork.WithAttention,
        VggNetwork.Definition,
    ];

    private static readonly Dictionary<string, Lazy<NetworkSummary>> _summaries =
        All.ToDictionary(network => network.Name, network => new Lazy<NetworkSummary>(() => Summarize(network)));

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(network => network.Name)];

    /// <exception cref="InvalidInputException">There is no network of that name; the message has those that there are.</exception>
    public static NetworkDefinition Require(string name) =>
        All.FirstOrDefault(network => string.Equals(network.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidInputException($"There is no network '{name}'. There is: {string.Join(", ", Names)}.");

    /// <summary>The network's layers with their shapes, parameters and multiply-adds; found out once.</summary>
    /// <exception cref="ArgumentException">There is no network of that name.</exception>
    /// <exception cref="NotSupportedException">The network computes something outside its layers.</exception>
    public static NetworkSummary Summary(string name) => _summaries[Require(name).Name].Value;

    /// <summary>Makes a network whose first weights depend on the seed alone.</summary>
    /// <exception cref="ArgumentException">There is no network of that name.</exception>
    public static Network Create(string name, long seed)
    {
        var definition = Require(name);

        // Layers draw their weights from libtorch's one default generator.
        lock (_generator)
        {
            torch.manual_seed(seed);
            return definition.Create();
        }
    }

    private static NetworkSummary Summarize(NetworkDefinition definition)
    {
        using var network = Create(definition.Name, seed: 0);
        return NetworkSummary.Of(definition, NetworkTrace.Of(network));
    }
}
