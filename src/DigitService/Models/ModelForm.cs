namespace DigitService.Models;

/// <summary>The form of POST /models, for the description of the API: the form itself is read as it arrives.</summary>
/// <param name="File">A <c>.pth</c> file of PyTorch: a state dictionary, or a checkpoint with one. No code in it is run.</param>
/// <param name="Network">The network of the catalogue whose weights they are.</param>
/// <param name="Name">What a person calls the model, at most 200 characters.</param>
/// <param name="Normalization">What pixels were turned into when it was trained: <c>mnist</c>, the default, <c>unit</c> or <c>symmetric</c>.</param>
/// <param name="Preprocess">How pictures become 28×28 pixels for it: <c>mnist</c>, the default, or <c>plain</c>.</param>
/// <param name="Temperature">What its logits are divided by for calibrated probabilities, 0.01 to 100; 1 if it is left out.</param>
internal sealed record ModelForm(
    IFormFile File, string Network, string? Name, string? Normalization, string? Preprocess, double? Temperature);
