using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using TorchSharp.Modules;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// A moment of a training run, as PyTorch programs keep it: a dictionary of <c>epoch</c>, <c>model_state_dict</c> and
/// <c>optimizer_state_dict</c>. Ours add <c>progress</c>, <c>best_model_state_dict</c>, <c>average_model_state_dict</c> and
/// <c>options</c>, with which the run goes on as if it had never stopped.
/// </summary>
public sealed class Checkpoint
{
    private readonly PthDictionary _content;
    private readonly PthDictionary _model;
    private readonly string _name;

    private Checkpoint(PthDictionary content, string name)
    {
        _content = content;
        _name = name;

        // A file may also be a state dictionary and nothing else: torch.save(model.state_dict(), path).
        _model = content.TryGetValue("model_state_dict", out var model)
            ? model as PthDictionary ?? throw Wrong("model_state_dict is not a dictionary.")
            : content;
        if (!IsStateDictionary(_model))
        {
            throw Wrong("It holds neither a model_state_dict nor the tensors of one.");
        }
    }

    /// <summary>What messages call it.</summary>
    internal string Name => _name;

    /// <summary>Epochs that were done.</summary>
    public int Epoch => Number("epoch");

    /// <summary>The parameters and buffers by name.</summary>
    public IEnumerable<KeyValuePair<string, PthTensor>> Model =>
        _model.Select(entry => KeyValuePair.Create((string)entry.Key, (PthTensor)entry.Value!));

    /// <exception cref="PthFormatException">The file is damaged, or is not a checkpoint.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Checkpoint Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Read(file, path);
    }

    /// <param name="stream">The file, from its beginning; it stays open.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="limits">What it may cost; the defaults where null.</param>
    /// <exception cref="PthFormatException">The file is damaged, beyond the limits, or is not a checkpoint.</exception>
    public static Checkpoint Read(Stream stream, string name, PthLimits? limits = null) => new(
        PthFile.Read(stream, name, limits) as PthDictionary
            ?? throw new PthFormatException($"{name} is not a checkpoint: it does not hold a dictionary."),
        name);

    internal static Checkpoint Of(
        Network network,
        Network? average,
        OptimizerHelper optimizer,
        TrainingOptions options,
        TrainingState state,
        DigitImages images) => new(
        new PthDictionary
        {
            ["epoch"] = (long)state.Epochs.Count,
            ["model_state_dict"] = StateOf(network),
            ["average_model_state_dict"] = average is null ? null : StateOf(average),
            ["optimizer_state_dict"] = OptimizerStateFile.ToPth(optimizer),
            ["best_model_state_dict"] = state.BestWeights,
            ["progress"] = TrainingStateFile.ToPth(state),
            ["options"] = TrainingStateFile.ToPth(options),
            ["data"] = images.Fingerprint,
        },
        "The checkpoint");

    /// <summary>A network's weights alone, as <c>torch.save(model.state_dict(), path)</c> keeps them.</summary>
    public static Checkpoint OfWeights(Network network) => new(StateOf(network), "The state dictionary");

    /// <summary>A copy of a network's parameters and buffers.</summary>
    internal static PthDictionary StateOf(Network network)
    {
        var state = new PthDictionary(ordered: true);
        foreach (var (name, tensor) in network.state_dict())
        {
            state.Add(name, TensorConversion.ToPth(tensor));
        }

        return state;
    }

    /// <summary>Writes the whole file or nothing: a file that is there stays until the new one is on the disk.</summary>
    public void Write(string path) => PthFile.Write(path, _content);

    /// <summary>Writes it to a stream, which stays open.</summary>
    public void Write(Stream stream) => PthFile.Write(stream, _content);

    /// <summary>Copies the weights into a network.</summary>
    /// <exception cref="PthFormatException">They are another network's. Nothing was copied.</exception>
    public void LoadInto(Network network) => Load(_model, network, _name);

    /// <summary>Copies the optimiser's memory of earlier steps. Its learning rate and other options stay its own.</summary>
    /// <exception cref="PthFormatException">There is none, or it is another network's or optimiser's.</exception>
    public void LoadInto(OptimizerHelper optimizer)
    {
        if (!_content.TryGetValue("optimizer_state_dict", out var state) || state is not PthDictionary dictionary)
        {
            throw Wrong("It has no optimizer_state_dict.");
        }

        OptimizerStateFile.CopyTo(dictionary, optimizer, _name);
    }

    /// <summary>Copies the mean of the weights of all steps, where the run keeps one.</summary>
    /// <exception cref="PthFormatException">There is none, or it is another network's.</exception>
    internal void LoadAverageInto(Network network)
    {
        if (!_content.TryGetValue("average_model_state_dict", out var means)
            || means is not PthDictionary weights
            || !IsStateDictionary(weights))
        {
            throw Wrong("It has no average_model_state_dict that holds tensors.");
        }

        Load(weights, network, _name);
    }

    /// <summary>How far the run was.</summary>
    /// <exception cref="PthFormatException">The checkpoint does not say, or was made with other options or images.</exception>
    internal TrainingState ReadState(TrainingOptions options, DigitImages images)
    {
        if (!_content.TryGetValue("progress", out var progress) || progress is not PthDictionary fields)
        {
            throw Wrong("It does not tell how far the run was; it can be evaluated, but not gone on from.");
        }

        TrainingStateFile.RequireSame(
            _content.TryGetValue("options", out var made) ? made as PthDictionary : null, options, _name);
        if (!_content.TryGetValue("data", out var data) || data as string != images.Fingerprint)
        {
            throw Wrong("It was made with other training images.");
        }

        var best = _content.TryGetValue("best_model_state_dict", out var weights) ? weights as PthDictionary : null;
        if (best is not null && !IsStateDictionary(best))
        {
            throw Wrong("Its best_model_state_dict holds something else than tensors.");
        }

        return TrainingStateFile.Read(fields, best, _name);
    }

    internal static void Load(PthDictionary weights, Network network, string name)
    {
        var wanted = network.state_dict();
        var found = weights.ToDictionary(entry => (string)entry.Key, entry => (PthTensor)entry.Value!);
        var missing = wanted.Keys.Where(key => !found.ContainsKey(key)).ToArray();
        var unexpected = found.Keys.Where(key => !wanted.ContainsKey(key)).ToArray();
        if (missing.Length + unexpected.Length > 0)
        {
            throw new PthFormatException(
                $"{name} cannot be used. It does not fit the network {network.GetName()}: "
                + $"missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
        }

        foreach (var (key, values) in found)
        {
            if (!values.Shape.AsSpan().SequenceEqual(wanted[key].shape))
            {
                throw new PthFormatException(
                    $"{name} cannot be used. {key} has the shape [{string.Join(", ", values.Shape)}]; "
                    + $"the network {network.GetName()} needs [{string.Join(", ", wanted[key].shape)}].");
            }
        }

        foreach (var (key, values) in found)
        {
            TensorConversion.CopyTo(values, wanted[key]);
        }
    }

    private static bool IsStateDictionary(PthDictionary dictionary) =>
        dictionary.All(entry => entry.Key is string && entry.Value is PthTensor);

    private int Number(string key) =>
        _content.TryGetValue(key, out var value) && value is long number and >= 0 and <= int.MaxValue ? (int)number : 0;

    private PthFormatException Wrong(string what) => new($"{_name} cannot be used. {what}");
}
