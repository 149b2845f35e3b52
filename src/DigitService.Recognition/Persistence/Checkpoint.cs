using DigitService.Recognition.Training;
using TorchSharp.Modules;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// A moment of a training run, as PyTorch programs keep it: a dictionary of <c>epoch</c>, <c>model_state_dict</c> and
/// <c>optimizer_state_dict</c>. Ours add <c>batch</c> and <c>options</c>, with which the run can go on.
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
        if (_model.Any(entry => entry.Key is not string || entry.Value is not PthTensor))
        {
            throw Wrong("It holds neither a model_state_dict nor the tensors of one.");
        }
    }

    /// <summary>Epochs that were done.</summary>
    public int Epoch => Number("epoch");

    /// <summary>Batches that were done of the epoch after those.</summary>
    public int Batch => Number("batch");

    /// <summary>The parameters and buffers by name.</summary>
    public IEnumerable<KeyValuePair<string, PthTensor>> Model =>
        _model.Select(entry => KeyValuePair.Create((string)entry.Key, (PthTensor)entry.Value!));

    /// <exception cref="PthFormatException">The file is damaged, or is not a checkpoint.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Checkpoint Read(string path)
    {
        var content = PthFile.Read(path) as PthDictionary
            ?? throw new PthFormatException($"{path} is not a checkpoint: it does not hold a dictionary.");
        return new Checkpoint(content, path);
    }

    internal static Checkpoint Of(Network network, Adam optimizer, int epoch, int batch, TrainingOptions options)
    {
        var model = new PthDictionary(ordered: true);
        foreach (var (name, tensor) in network.state_dict())
        {
            model.Add(name, TensorConversion.ToPth(tensor));
        }

        return new Checkpoint(
            new PthDictionary
            {
                ["epoch"] = (long)epoch,
                ["batch"] = (long)batch,
                ["model_state_dict"] = model,
                ["optimizer_state_dict"] = AdamState.ToPth(optimizer),
                ["options"] = new PthDictionary
                {
                    ["network"] = options.Network,
                    ["epochs"] = (long)options.Epochs,
                    ["batch_size"] = (long)options.BatchSize,
                    ["learning_rate"] = options.LearningRate,
                    ["seed"] = options.Seed,
                    ["replicas"] = (long)options.Replicas,
                },
            },
            "The checkpoint");
    }

    /// <summary>Writes the whole file or nothing: a file that is there stays until the new one is on the disk.</summary>
    public void Write(string path) => PthFile.Write(path, _content);

    /// <summary>Copies the weights into a network.</summary>
    /// <exception cref="PthFormatException">They are another network's. Nothing was copied.</exception>
    public void LoadInto(Network network)
    {
        var wanted = network.state_dict();
        var names = Model.Select(entry => entry.Key).ToHashSet();
        var missing = wanted.Keys.Where(name => !names.Contains(name)).ToArray();
        var unexpected = names.Where(name => !wanted.ContainsKey(name)).ToArray();
        if (missing.Length + unexpected.Length > 0)
        {
            throw Wrong(
                $"It does not fit the network {network.GetName()}: "
                + $"missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
        }

        foreach (var (name, values) in Model)
        {
            if (!values.Shape.AsSpan().SequenceEqual(wanted[name].shape))
            {
                throw Wrong(
                    $"{name} has the shape [{string.Join(", ", values.Shape)}]; "
                    + $"the network {network.GetName()} needs [{string.Join(", ", wanted[name].shape)}].");
            }
        }

        foreach (var (name, values) in Model)
        {
            TensorConversion.CopyTo(values, wanted[name]);
        }
    }

    /// <summary>Copies the optimiser's moments and step counts. Its learning rate and other options stay its own.</summary>
    /// <exception cref="PthFormatException">There are none, or they are another network's.</exception>
    public void LoadInto(Adam optimizer)
    {
        if (!_content.TryGetValue("optimizer_state_dict", out var state) || state is not PthDictionary dictionary)
        {
            throw Wrong("It has no optimizer_state_dict.");
        }

        AdamState.CopyTo(dictionary, optimizer, _name);
    }

    private int Number(string key) =>
        _content.TryGetValue(key, out var value) && value is long number and >= 0 and <= int.MaxValue ? (int)number : 0;

    private PthFormatException Wrong(string what) => new($"{_name} cannot be used. {what}");
}
