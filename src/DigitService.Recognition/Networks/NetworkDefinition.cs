using DigitService.Recognition.Training;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Networks;

/// <summary>A network of the catalogue.</summary>
/// <param name="Name">What it is called on the command line, in files and in the API.</param>
/// <param name="Description">What it is, in a sentence.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Create">Makes one whose weights are drawn from libtorch's default generator. It reads N×1×28×28 and gives N×10, or N×11.</param>
/// <param name="Recipe">The options that train it well.</param>
/// <param name="TellsDigits">Whether it has an eleventh logit, which tells what is no digit, and so learns from such pictures, too.</param>
public sealed record NetworkDefinition(
    string Name, string Description, string Source, Func<Network> Create, TrainingOptions Recipe, bool TellsDigits = false);
