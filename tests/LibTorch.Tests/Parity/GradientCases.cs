using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>Backward passes inside a case: what they leave is the case's output.</summary>
internal static class GradientCases
{
    internal static Dictionary<string, Func<Given, Tensor[]>> All { get; } = new()
    {
        ["autograd.grad of a gradient"] = given =>
        {
            var leaf = Leaf(given);
            var first = autograd.grad([leaf.pow(3).sum()], [leaf], create_graph: true)[0];
            var second = autograd.grad([first], [leaf], [ones_like(first)])[0];
            return [first.detach(), second];
        },
        ["backward twice"] = given =>
        {
            var leaf = Leaf(given);
            var total = (leaf.sin() * leaf).sum();
            total.backward(retain_graph: true);
            var once = leaf.grad!.clone();
            total.backward();
            return [once, leaf.grad!];
        },
        ["gradient of a non-leaf"] = given =>
        {
            var leaf = Leaf(given);
            var middle = leaf.exp();
            middle.retain_grad();
            (middle * middle).sum().backward();
            return [middle.grad!, leaf.grad!];
        },
        ["gradient of a chosen leaf"] = given =>
        {
            var (first, second) = (Leaf(given), given.X.detach().with_requires_grad());
            var product = first * second.square();
            product.backward([full(product.shape, 0.5, product.dtype)], inputs: [second]);
            Assert.Null(first.grad);
            return [second.grad!];
        },
        ["gradient of a parameter"] = given =>
        {
            var parameter = nn.Parameter(given.X.detach().clone());
            (parameter * parameter).sum().backward();
            return [parameter.detach(), parameter.grad!];
        },
    };

    private static Tensor Leaf(Given given) => given.X.detach().requires_grad_();
}
