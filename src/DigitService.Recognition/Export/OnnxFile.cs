using DigitService.Recognition.Data;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Export;

/// <summary>
/// Writes networks as ONNX, which runs in ONNX Runtime, OpenCV, browsers and most other engines. One file holds the
/// network and its weights: input <c>image</c>, N×1×28×28; output <c>logits</c>, N×10, or N×11 with the last for no digit; any N.
/// </summary>
/// <remarks>
/// What only training needs is left out, and so is a softmax at the end. Batch normalisation stays a node of its own,
/// with the weights as they are named in checkpoints; engines fold it into the convolution before it when they load.
/// </remarks>
public static class OnnxFile
{
    // Of the end of 2020, and enough for every layer here: engines of the years since read it.
    private const int OperatorSet = 13;
    private const int IntermediateRepresentation = 7;

    /// <summary>Writes a file, or on failure nothing: what was there stays until the new file is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network. It is only read, and may be in use meanwhile.</param>
    /// <param name="name">
    /// The network's name in the catalogue. What such a network does is seen by running a new one once on an empty picture.
    /// </param>
    /// <param name="normalization">What the network was trained to read, for the file's metadata.</param>
    /// <param name="temperature">What the logits are to be divided by before a softmax, for the metadata; they are not.</param>
    /// <exception cref="ArgumentException">There is no network of that name, or it has other parameters.</exception>
    /// <exception cref="NotSupportedException">
    /// The network computes something outside its layers, or has a layer that is not exported.
    /// </exception>
    /// <exception cref="IOException">The folder is missing, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(
        string path, Network network, string name, Normalization normalization, double temperature = 1) =>
        AtomicFile.Write(path, file => Write(file, network, name, normalization, temperature));

    /// <summary>Writes a network that is not in the catalogue.</summary>
    internal static void Write(
        string path, NetworkTrace trace, Network network, string name, Normalization normalization) =>
        AtomicFile.Write(path, file => Write(file, trace, network, name, normalization, temperature: 1));

    internal static void Write(Stream stream, Network network, string name, Normalization normalization, double temperature)
    {
        using var model = NetworkCatalog.Create(name, seed: 0);
        if (!Shapes(model).SequenceEqual(Shapes(network)))
        {
            throw new ArgumentException($"The network has other parameters than '{name}' has.", nameof(network));
        }

        Write(stream, NetworkTrace.Of(model), network, name, normalization, temperature);
    }

    private static void Write(
        Stream stream, NetworkTrace trace, Network network, string name, Normalization normalization, double temperature)
    {
        var tellsDigits = trace.Layers[trace.Output].Shape[^1] > DigitImages.Classes;
        var help = ExportMetadata.Help(normalization, temperature, tellsDigits);
        var model = new ProtobufMessage()
            .Integer(1, IntermediateRepresentation)
            .Text(2, ExportMetadata.Producer)
            .Text(3, ExportMetadata.Version)
            .Text(6, help)
            .Message(7, new OnnxGraph(trace, network).Write(name, help))
            .Message(8, new ProtobufMessage().Text(1, "").Integer(2, OperatorSet));
        foreach (var (key, value) in ExportMetadata.Of(name, normalization, temperature, tellsDigits))
        {
            model.Message(14, new ProtobufMessage().Text(1, key).Text(2, value));
        }

        stream.Write(model.Bytes);
    }

    private static IEnumerable<string> Shapes(Network network) =>
        network.state_dict().Select(entry => $"{entry.Key} {string.Join('×', entry.Value.shape)}").Order(StringComparer.Ordinal);
}
