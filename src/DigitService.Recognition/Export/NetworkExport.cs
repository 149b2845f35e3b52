using DigitService.Recognition.Data;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Export;

/// <summary>Writes a network for other programs.</summary>
public static class NetworkExport
{
    /// <summary>Writes a file, or on failure nothing: what was there stays until the new file is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The file's format.</param>
    /// <param name="network">The network. It is only read, and may be in use meanwhile.</param>
    /// <param name="name">The network's name in the catalogue.</param>
    /// <param name="normalization">What the network was trained to read, for metadata.</param>
    /// <param name="temperature">
    /// What the logits are to be divided by before a softmax, for metadata: in every format the weights and the logits are
    /// as they were trained. A <c>.pth</c> file has no metadata and leaves it out.
    /// </param>
    /// <exception cref="ArgumentException">For ONNX: there is no network of that name, or it has other parameters.</exception>
    /// <exception cref="NotSupportedException">The network has a layer that the format cannot hold.</exception>
    /// <exception cref="IOException">The folder is missing, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(
        string path, ExportFormat format, Network network, string name, Normalization normalization, double temperature = 1) =>
        AtomicFile.Write(path, file => Write(file, format, network, name, normalization, temperature));

    /// <summary>Writes a file's content to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="format">The file's format.</param>
    /// <param name="network">The network. It is only read, and may be in use meanwhile.</param>
    /// <param name="name">The network's name in the catalogue.</param>
    /// <param name="normalization">What the network was trained to read, for metadata.</param>
    /// <param name="temperature">What the logits are to be divided by before a softmax, for metadata.</param>
    /// <exception cref="ArgumentException">For ONNX: there is no network of that name, or it has other parameters.</exception>
    /// <exception cref="NotSupportedException">The network has a layer that the format cannot hold.</exception>
    public static void Write(
        Stream stream, ExportFormat format, Network network, string name, Normalization normalization, double temperature = 1)
    {
        switch (format)
        {
            case ExportFormat.Pth:
                PthFile.Write(stream, StateDictionary(network));
                break;
            case ExportFormat.Onnx:
                OnnxFile.Write(stream, network, name, normalization, temperature);
                break;
            case ExportFormat.Safetensors:
                SafetensorsFile.Write(stream, Tensors(network), SafetensorsMetadata(name, normalization, temperature));
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(format), format, $"Formats are {string.Join(", ", Enum.GetNames<ExportFormat>())}.");
        }
    }

    private static OrderedDictionary<string, PthTensor> Tensors(Network network) => new(
        network.state_dict().Select(entry => KeyValuePair.Create(entry.Key, TensorConversion.ToPth(entry.Value))));

    private static PthDictionary StateDictionary(Network network)
    {
        var state = new PthDictionary(ordered: true);
        foreach (var (name, values) in Tensors(network))
        {
            state.Add(name, values);
        }

        return state;
    }

    private static Dictionary<string, string> SafetensorsMetadata(string name, Normalization normalization, double temperature)
    {
        var metadata = ExportMetadata.Of(name, normalization, temperature, NetworkCatalog.Require(name).TellsDigits);

        // By this Hugging Face's programs know that the names and layouts are PyTorch's.
        metadata.Add("format", "pt");
        return metadata;
    }
}
