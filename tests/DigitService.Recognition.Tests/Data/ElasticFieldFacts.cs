using DigitService.Recognition.Data;

namespace DigitService.Recognition.Tests.Data;

public class ElasticFieldFacts
{
    private const int Fields = 5_000;

    [Theory]
    [InlineData(1.1, 5)]
    [InlineData(2, 1)]
    [InlineData(0.5, 28)]
    public void EveryDisplacementHasTheStatedDeviation(double strength, double smoothness)
    {
        var fields = Draw(strength, smoothness);
        foreach (var (x, y) in new[] { (0, 0), (27, 0), (13, 14), (5, 27), (27, 27) })
        {
            // The estimate of a deviation from 5,000 draws has a standard deviation of 1%.
            Assert.Equal(0, fields.Average(field => At(field, (x, y))), strength * 0.07);
            Assert.Equal(strength, Math.Sqrt(Covariance(fields, (x, y), (x, y))), strength * 0.05);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void NeighboursMoveTogetherAsFarAsTheSmoothnessSays(double smoothness)
    {
        var fields = Draw(strength: 1, smoothness);
        foreach (var distance in new[] { 1, 3, 6, 12 })
        {
            var expected = Math.Exp(-distance * distance / (4 * smoothness * smoothness));
            Assert.Equal(expected, Covariance(fields, (8, 13), (8 + distance, 13)), 0.08);
            Assert.Equal(expected, Covariance(fields, (13, 8), (13, 8 + distance)), 0.08);
        }
    }

    private static float[][] Draw(double strength, double smoothness)
    {
        var field = new ElasticField(strength, smoothness);
        var random = new SplitMix64(seed: 1, stream: 1);
        var fields = new float[Fields][];
        for (var i = 0; i < Fields; i++)
        {
            fields[i] = new float[DigitImages.Side * ElasticField.Stride];
            field.Draw(ref random, fields[i]);
        }

        return fields;
    }

    private static double Covariance(float[][] fields, (int X, int Y) one, (int X, int Y) other) =>
        fields.Average(field => At(field, one) * At(field, other));

    private static double At(float[] field, (int X, int Y) pixel) => field[(pixel.Y * ElasticField.Stride) + pixel.X];
}
