using System.Globalization;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>Compares tensors with PyTorch's.</summary>
internal static class ParityAssert
{
    // Relative to the largest magnitude of the tensor, as an element that is the small difference of large ones has
    // no more digits than they have. Float64 leaves room for another processor's order of summation and no more;
    // float32 has 1.2e-7 between neighbours, so 1e-6 is a handful of roundings. Float16 is only ever converted to,
    // and whole numbers and truth values have nothing to round.
    internal static double ToleranceOf(ScalarType type) => type switch
    {
        ScalarType.Float64 => 1e-12,
        ScalarType.Float32 => 1e-6,
        _ => 0,
    };

    internal static void Equal(TensorRecord expected, Tensor? actual, string what) =>
        Equal(expected, actual, what, ToleranceOf(expected.Type));

    internal static void Equal(TensorRecord expected, Tensor? actual, string what, double tolerance)
    {
        Assert.True(actual is not null, $"{what} is missing.");
        Assert.True(expected.Type == actual.dtype, $"{what} is {actual.dtype}, and {expected.Type} in PyTorch.");
        Assert.True(
            expected.Shape.AsSpan().SequenceEqual(actual.shape),
            $"{what} is [{string.Join(", ", actual.shape)}], and [{string.Join(", ", expected.Shape)}] in PyTorch.");
        using var doubles = actual.detach().to(float64);
        var values = doubles.data<double>().ToArray();
        var exact = expected.ExactValues();
        var largest = exact.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (var i = 0; i < values.Length; i++)
        {
            var (wanted, got) = (exact[i], values[i]);
            if (!wanted.Equals(got) && !(Math.Abs(wanted - got) <= tolerance * largest))
            {
                Assert.Fail(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} has {got:R} at {i}, and {wanted:R} in PyTorch; the largest magnitude is {largest:R}."));
            }
        }
    }

    internal static void Equal(TensorRecord[] expected, IReadOnlyList<Tensor?> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Equal(expected[i], actual[i], $"{what} {i}");
        }
    }

    internal static void Equal(
        IReadOnlyDictionary<string, TensorRecord> expected, IReadOnlyDictionary<string, Tensor?> actual, string what)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in expected)
        {
            Equal(tensor, actual[name], $"{what} {name}");
        }
    }
}
