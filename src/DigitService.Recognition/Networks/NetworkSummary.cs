using DigitService.Recognition.Training;

namespace DigitService.Recognition.Networks;

/// <summary>What the catalogue tells about a network: plain data, found by running it once.</summary>
/// <param name="Name">What it is called on the command line, in files and in the API.</param>
/// <param name="Description">What it is, in a sentence.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Layers">Its layers in the order in which a picture passes them.</param>
/// <param name="Parameters">The number of trained parameters.</param>
/// <param name="MultiplyAdds">
/// Multiplications, each with an addition, of the convolutions and fully connected layers for one picture, without
/// biases; other layers are not counted.
/// </param>
/// <param name="Recipe">The options that train it well.</param>
/// <param name="TellsDigits">Whether it tells digits from all else: such a network learns from pictures of no digit, too.</param>
public sealed record NetworkSummary(
    string Name,
    string Description,
    string Source,
    IReadOnlyList<LayerSummary> Layers,
    long Parameters,
    long MultiplyAdds,
    TrainingOptions Recipe,
    bool TellsDigits)
{
    internal static NetworkSummary Of(NetworkDefinition definition, NetworkTrace trace) => new(
        definition.Name,
        definition.Description,
        definition.Source,
        [.. trace.Layers.Select(LayerSummary.Of)],
        trace.Layers.Sum(layer => layer.Parameters),
        trace.Layers.Sum(layer => layer.MultiplyAdds),
        definition.Recipe,
        definition.TellsDigits);
}

/// <summary>One layer of a network.</summary>
/// <param name="Name">Its name in the network, with which its parameters' names begin, such as <c>block1.conv1</c>.</param>
/// <param name="Kind">What it is and with what settings, such as <c>Conv2d 1→24, 5×5, padding 2</c>.</param>
/// <param name="Output">The shape of its output for one picture, such as <c>24×14×14</c>.</param>
/// <param name="Parameters">The number of its trained parameters.</param>
/// <param name="MultiplyAdds">As for the network.</param>
public sealed record LayerSummary(string Name, string Kind, string Output, long Parameters, long MultiplyAdds)
{
    internal static LayerSummary Of(TracedLayer layer) => new(
        layer.Path,
        LayerDescription.Of(layer.Module),
        LayerDescription.Size(layer.Shape),
        layer.Parameters,
        layer.MultiplyAdds);
}
