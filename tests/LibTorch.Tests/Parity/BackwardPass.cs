using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>One backward pass through all that can be differentiated, as operator_fixtures.py makes it.</summary>
internal static class BackwardPass
{
    internal static void Pull(IEnumerable<Tensor> outputs)
    {
        Tensor[] live = [.. outputs.Where(output => output.requires_grad)];
        if (live.Length > 0)
        {
            autograd.backward(live, [.. live.Select(Upstream)]);
        }
    }

    // The same formula as in parity_values.py: exact in every element type, and never zero.
    private static Tensor Upstream(Tensor output)
    {
        double[] values = [.. Enumerable.Range(0, (int)output.numel()).Select(i => ((((7 * i) + 3) % 11) - 5.5) / 8)];
        return tensor(values, output.shape, output.dtype);
    }
}
