namespace DigitService.Recognition.Export;

/// <summary>The formats in which a network's weights leave the service.</summary>
public enum ExportFormat
{
    /// <summary>PyTorch's: a state dictionary, as <c>torch.save(model.state_dict(), path)</c> writes it.</summary>
    Pth,

    /// <summary>ONNX: the network and its weights, ready to run.</summary>
    Onnx,

    /// <summary>Hugging Face's: the weights by name, with metadata as text.</summary>
    Safetensors,
}
