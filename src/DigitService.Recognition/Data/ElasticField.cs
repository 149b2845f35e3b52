using System.Runtime.Intrinsics;

namespace DigitService.Recognition.Data;

/// <summary>
/// Smooth random displacements, as P. Simard, D. Steinkraus and J. Platt make them for handwriting ("Best practices for
/// convolutional neural networks applied to visual document analysis", ICDAR 2003). In place of a random number per
/// pixel and a Gaussian blur there is one per knot of a coarse grid and a cubic B-spline between the knots, a bell of
/// nearly the same form: at the knots' distance of √3·σ its standard deviation is σ.
/// </summary>
internal sealed class ElasticField
{
    /// <summary>Displacements per row: the image's 28, and 4 more so that rows are whole vectors.</summary>
    internal const int Stride = 32;

    private const int Taps = 4;

    private readonly int _knots;

    // The weights of each knot for the pixels of a row, knots×32, and for each pixel the first knot that counts.
    private readonly float[] _weights;
    private readonly int[] _first;

    /// <param name="strength">The standard deviation of a displacement in pixels.</param>
    /// <param name="smoothness">The bell's standard deviation in pixels.</param>
    internal ElasticField(double strength, double smoothness)
    {
        var distance = smoothness * Math.Sqrt(3);
        _knots = (int)((Stride - 1) / distance) + Taps;
        _weights = new float[_knots * Stride];
        _first = new int[Stride];

        // A number between -1 and 1 has the variance 1/3; every displacement is to have strength², so the squares of
        // its weights, which are products of a row's and a column's, are to add up to 3·strength².
        var length = Math.Sqrt(Math.Sqrt(3) * strength);
        for (var i = 0; i < Stride; i++)
        {
            _first[i] = (int)(i / distance);
            var weights = Spline((i / distance) - _first[i]);
            var norm = Math.Sqrt(weights.Sum(weight => weight * weight));
            for (var tap = 0; tap < Taps; tap++)
            {
                _weights[((_first[i] + tap) * Stride) + i] = (float)(weights[tap] * length / norm);
            }
        }
    }

    /// <summary>Draws the displacements in one direction: 28 rows of 32.</summary>
    internal void Draw(ref SplitMix64 random, Span<float> displacements)
    {
        Span<float> rows = stackalloc float[_knots * Stride];
        DrawRows(ref random, rows);
        for (var y = 0; y < DigitImages.Side; y++)
        {
            var first = _first[y];
            for (var x = 0; x < Stride; x += Vector256<float>.Count)
            {
                var sum = Vector256<float>.Zero;
                for (var tap = first; tap < first + Taps; tap++)
                {
                    sum += Vector256.Create<float>(rows[((tap * Stride) + x)..]) * _weights[(tap * Stride) + y];
                }

                sum.CopyTo(displacements[((y * Stride) + x)..]);
            }
        }
    }

    // A random number per knot, already spread along the rows.
    private void DrawRows(ref SplitMix64 random, Span<float> rows)
    {
        for (var row = 0; row < _knots; row++)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            for (var knot = 0; knot < _knots; knot++)
            {
                var number = random.Symmetric();
                var weights = _weights.AsSpan(knot * Stride, Stride);
                a += Vector256.Create<float>(weights) * number;
                b += Vector256.Create<float>(weights[8..]) * number;
                c += Vector256.Create<float>(weights[16..]) * number;
                d += Vector256.Create<float>(weights[24..]) * number;
            }

            var target = rows.Slice(row * Stride, Stride);
            a.CopyTo(target);
            b.CopyTo(target[8..]);
            c.CopyTo(target[16..]);
            d.CopyTo(target[24..]);
        }
    }

    // The four pieces of the uniform cubic B-spline, t of the way from one knot to the next.
    private static double[] Spline(double t) =>
    [
        (1 - t) * (1 - t) * (1 - t) / 6,
        ((t * t * ((3 * t) - 6)) + 4) / 6,
        ((t * (3 + (t * (3 - (3 * t))))) + 1) / 6,
        t * t * t / 6,
    ];
}
