using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

internal static class ComparisonCases
{
    internal static Dictionary<string, Func<Given, Tensor[]>> All { get; } = new()
    {
        ["eq"] = given => [given.X.eq(given.Y), given.X.eq(1), given.X.eq(-0.5)],
        ["ne"] = given => [given.X.ne(given.Y), given.X.ne(1), given.X.ne(-0.5)],
        ["lt"] = given => [given.X.lt(given.Y), given.X.lt(1), given.X.lt(-0.5)],
        ["le"] = given => [given.X.le(given.Y), given.X.le(1), given.X.le(-0.5)],
        ["gt"] = given => [given.X.gt(given.Y), given.X.gt(1), given.X.gt(-0.5)],
        ["ge"] = given => [given.X.ge(given.Y), given.X.ge(1), given.X.ge(-0.5)],
        ["eq of whole numbers"] = given => [given.X.eq(given.Y), given.X.eq(1)],
        ["ne of whole numbers"] = given => [given.X.ne(given.Y), given.X.ne(1)],
        ["lt of whole numbers"] = given => [given.X.lt(given.Y), given.X.lt(1)],
        ["le of whole numbers"] = given => [given.X.le(given.Y), given.X.le(1)],
        ["gt of whole numbers"] = given => [given.X.gt(given.Y), given.X.gt(1)],
        ["ge of whole numbers"] = given => [given.X.ge(given.Y), given.X.ge(1)],
        ["isnan and isfinite"] = given => [given.X.isnan(), given.X.isfinite()],
        ["all and any"] = given => [given.X.all(), given.X.any(), given.Y.all(), given.Y.eq(9).any()],
        ["logic"] =
            given => [given.X.logical_not(), given.X.logical_and(given.Y), given.X.logical_or(given.Y)],
        ["allclose"] = given =>
        {
            var x = given.X;
            return [tensor(new[] { x.allclose(x + 1e-9), x.allclose(x + 0.1), allclose(x, x * 1.01, 0.02) })];
        },
    };
}
