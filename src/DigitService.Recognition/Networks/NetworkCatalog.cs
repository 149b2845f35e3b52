using TorchSharp;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Networks;

/// <summary>The networks that can be trained, by name.</summary>
public static class NetworkCatalog
{
    private static readonly Lock _generator = new();

    private static readonly Dictionary<string, Func<Network>> _factories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cnn"] = () => new CnnNetwork(),
    };

    public static IReadOnlyCollection<string> Names => _factories.Keys;

    /// <exception cref="ArgumentException">There is no network of that name; the message has those that there are.</exception>
    public static void Require(string name) => _ = Factory(name);

    /// <summary>Makes a network whose first weights depend on the seed alone.</summary>
    /// <exception cref="ArgumentException">There is no network of that name.</exception>
    public static Network Create(string name, long seed)
    {
        var factory = Factory(name);

        // Layers draw their weights from libtorch's one default generator.
        lock (_generator)
        {
            torch.manual_seed(seed);
            return factory();
        }
    }

    private static Func<Network> Factory(string name) => _factories.TryGetValue(name, out var factory)
        ? factory
        : throw new ArgumentException($"There is no network '{name}'. There is: {string.Join(", ", Names)}.");
}
