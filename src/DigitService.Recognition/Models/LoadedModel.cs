using DigitService.Recognition.Inference;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Models;

/// <summary>A model that is ready to answer. It owns its network.</summary>
public sealed class LoadedModel : IDisposable
{
    /// <exception cref="NotSupportedException">The network computes something outside its layers. It is disposed of.</exception>
    internal LoadedModel(ModelInfo info, Network network)
    {
        Info = info;
        Network = network;
        try
        {
            Frozen = new FrozenNetwork(network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    public ModelInfo Info { get; }

    /// <summary>The network in inference mode. It reads N×1×28×28 and gives N×10, or N×11 with the last for no digit.</summary>
    public Network Network { get; }

    /// <summary>The same, made ready for reading pictures.</summary>
    internal FrozenNetwork Frozen { get; }

    public void Dispose()
    {
        Frozen.Dispose();
        Network.Dispose();
    }

    internal static LoadedModel Load(ModelInfo info, Checkpoint weights) => new(info, LoadNetwork(info.Network, weights));

    /// <summary>Makes a network of the catalogue with the weights of a checkpoint, in inference mode.</summary>
    /// <exception cref="ArgumentException">There is no network of that name.</exception>
    /// <exception cref="PthFormatException">The weights are another network's, or not finite.</exception>
    public static Network LoadNetwork(string name, Checkpoint checkpoint)
    {
        foreach (var (parameter, values) in checkpoint.Model)
        {
            RequireFinite(parameter, values, checkpoint.Name);
        }

        var network = NetworkCatalog.Create(name, seed: 0);
        try
        {
            checkpoint.LoadInto(network);
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static void RequireFinite(string parameter, PthTensor values, string file)
    {
        var finite = values.ElementType switch
        {
            PthElementType.Float32 => AllFinite(values.As<float>()),
            PthElementType.Float64 => AllFinite(values.As<double>()),
            _ => true,
        };
        if (!finite)
        {
            throw PthFormatException.In(file, $"{PthFormatException.Quote(parameter)} holds a value that is not a finite number.");
        }
    }

    private static bool AllFinite<T>(ReadOnlySpan<T> values)
        where T : System.Numerics.INumberBase<T>
    {
        foreach (var value in values)
        {
            if (!T.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
