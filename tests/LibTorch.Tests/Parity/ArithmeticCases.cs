using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

internal static class ArithmeticCases
{
    // What changes in place changes a clone: a leaf that needs a gradient cannot be changed.
    internal static Dictionary<string, Func<Given, Tensor[]>> All { get; } = new()
    {
        ["abs"] = given => [given.X.abs()],
        ["alias"] = given => [given.X.alias()],
        ["cos"] = given => [given.X.cos()],
        ["exp"] = given => [given.X.exp()],
        ["floor"] = given => [given.X.floor()],
        ["log"] = given => [given.X.log()],
        ["neg"] = given => [given.X.neg()],
        ["relu"] = given => [given.X.relu()],
        ["rsqrt"] = given => [given.X.rsqrt()],
        ["sigmoid"] = given => [given.X.sigmoid()],
        ["sin"] = given => [given.X.sin()],
        ["sqrt"] = given => [given.X.sqrt()],
        ["square"] = given => [given.X.square()],
        ["tanh"] = given => [given.X.tanh()],
        ["relu_"] = given => [given.X.clone().relu_()],
        ["sigmoid_"] = given => [given.X.clone().sigmoid_()],
        ["sqrt_"] = given => [given.X.clone().sqrt_()],
        ["tanh_"] = given => [given.X.clone().tanh_()],
        ["zero_"] = given => [given.X.clone().zero_()],
        ["unary minus"] = given => [-given.X],
        ["exp of a transpose"] = given => [given.X.t().exp()],
        ["abs of every other column"] =
            given => [given.X[TensorIndex.Colon, TensorIndex.Slice(step: 2)].abs()],
        ["relu_ through a view"] = given =>
        {
            var changed = given.X.clone();
            changed[1].relu_();
            return [changed];
        },
        ["add"] = given => [given.X.add(given.Y)],
        ["add with alpha"] = given => [given.X.add(given.Y, -0.75)],
        ["add a number"] = given => [given.X.add(1.5)],
        ["add_"] = given => [given.X.clone().add_(given.Y)],
        ["add_ with alpha"] = given => [given.X.clone().add_(given.Y, 3)],
        ["add_ a number"] = given => [given.X.clone().add_(2)],
        ["sub"] = given => [given.X.sub(given.Y)],
        ["sub a number"] = given => [given.X.sub(0.3)],
        ["sub_"] = given => [given.X.clone().sub_(given.Y)],
        ["sub_ a number"] = given => [given.X.clone().sub_(7)],
        ["mul"] = given => [given.X.mul(given.Y)],
        ["mul by a number"] = given => [given.X.mul(-2.5)],
        ["mul_"] = given => [given.X.clone().mul_(given.Y)],
        ["mul_ by a number"] = given => [given.X.clone().mul_(3)],
        ["div"] = given => [given.X.div(given.Y)],
        ["div by a number"] = given => [given.X.div(3)],
        ["div_"] = given => [given.X.clone().div_(given.Y)],
        ["div_ by a number"] = given => [given.X.clone().div_(0.7)],
        ["pow"] = given => [given.X.pow(given.Y)],
        ["pow 3"] = given => [given.X.pow(3)],
        ["pow -0.5"] = given => [given.X.pow(-0.5)],
        ["maximum"] = given => [given.X.maximum(given.Y)],
        ["minimum"] = given => [given.X.minimum(given.Y)],
        ["mm"] = given => [given.X.mm(given.Y)],
        ["matmul"] = given => [given.X.matmul(given.Y)],
        ["matmul of batches"] = given => [matmul(given.X, given.Y)],
        ["matmul of vectors"] = given => [given.X.matmul(given.Y)],
        ["matmul of a transpose"] = given => [given.X.t().matmul(given.Y)],
        ["lerp_"] = given => [given.X.clone().lerp_(given.Y, given.Z)],
        ["clamp"] = given => [given.X.clamp(-0.5, 1.25)],
        ["clamp from below"] = given => [given.X.clamp(min: -0.5)],
        ["clamp from above"] = given => [given.X.clamp(max: 1)],
        ["clamp_"] = given => [given.X.clone().clamp_(-0.5, 1.25)],
        ["clamp_ from below"] = given => [given.X.clone().clamp_(min: 0)],
        ["clamp_ from above"] = given => [given.X.clone().clamp_(max: 0.5)],
        ["fill_"] = given => [given.X.clone().fill_(0.1)],
        ["copy_"] = given => [given.X.clone().copy_(given.Y)],
        ["copy_ of whole numbers"] = given => [given.X.clone().copy_(given.Y)],
        ["operators"] = given => [given.X + given.Y, given.X - given.Y, given.X * given.Y, given.X / given.Y],
        ["a number on the right"] =
            given => [given.X + 2, given.X - 2, given.X * 2, given.X / 2, given.X - 0.5],
        ["a number on the left"] =
            given => [2 + given.X, 1 - given.X, 2.5 * given.X, 1 / given.X, 0.5 - given.X],
        ["uint8 arithmetic"] = Arithmetic,
        ["int8 arithmetic"] = Arithmetic,
        ["int16 arithmetic"] = Arithmetic,
        ["int32 arithmetic"] = Arithmetic,
        ["int64 arithmetic"] = Arithmetic,
        ["whole numbers stay whole"] = given =>
        [
            given.X.abs(), given.X.neg(), given.X.relu(), given.X.square(), given.X.pow(2), given.X.clamp(-1, 2),
            given.X.clone().add_(3), given.X.clone().mul_(2), given.X.max(), given.X.clone().fill_(2),
        ],
        ["uint8 wraps around"] = given => [given.X + 250, given.X * 100, 0 - given.X],
        ["truth values add up"] =
            given => [given.X.sum(), given.X + given.X, given.X * 2, given.X.to(float32).mean()],
        ["float32 meets a number"] = given => [given.X + 0.1, given.X * 3, 1 - given.X],
        ["float32 meets float64"] = given => [given.X * given.Y],
        ["int64 meets float32"] = given => [given.X + given.Y],
        ["int32 meets int64"] = given => [given.X * given.Y],
    };

    private static Tensor[] Arithmetic(Given given)
    {
        var x = given.X;
        return [x + 1, x - 1, x * 2, 1 - x, x / 2, 1 / ((x * x) + 1), x + 0.5, x * x, x / x.max()];
    }
}
