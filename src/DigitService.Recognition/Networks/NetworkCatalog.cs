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

    public static bool Contains(string name) => _factories.ContainsKey(name);

    /// <summary>Makes a network whose first weights depend on the seed alone.</summary>
    /// <exception cref="ArgumentException">There is no network of that name.</exception>
    public static Network Create(string name, long seed)
    {
        if (!_factories.TryGetValue(name, out var factory))
        {
            throw new ArgumentException($"There is no network '{name}'. There is: {string.Join(", ", Names)}.");
        }

        // Layers draw their weights from libtorch's one default generator.
        lock (_generator)
        {
            torch.manual_seed(seed);
            return factory();
        }
    }
}
