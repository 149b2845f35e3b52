using DigitService.Recognition.Data;
using TorchSharp;

namespace DigitService.Recognition.Networks;

/// <summary>
/// What a network's logits say: which digit a picture shows, if it shows one, and, where the network has an eleventh
/// logit, whether it does. The softmax over all eleven is the product of both.
/// </summary>
internal static class NetworkOutput
{
    /// <summary>The logits of the ten digits, N×10, of a network's N×10 or N×11.</summary>
    internal static torch.Tensor Digits(torch.Tensor logits) =>
        TellsDigits(logits) ? logits.narrow(1, 0, DigitImages.Classes) : logits;

    /// <summary>Whether the logits tell digits from all else.</summary>
    internal static bool TellsDigits(torch.Tensor logits) => logits.shape[1] > DigitImages.Classes;

    /// <summary>The probabilities that pictures show no digit, N×1, of logits N×11.</summary>
    internal static torch.Tensor NoDigit(torch.Tensor logits) =>
        torch.nn.functional.softmax(logits, 1).narrow(1, DigitImages.NoDigit, 1).contiguous();
}
