namespace DigitService.Recognition.Persistence;

/// <summary>What a <c>.safetensors</c> file holds.</summary>
/// <param name="Tensors">The tensors by name, in the order of their bytes.</param>
/// <param name="Metadata">The texts beside them by name; empty where there are none.</param>
public sealed record SafetensorsContent(
    IReadOnlyDictionary<string, PthTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
