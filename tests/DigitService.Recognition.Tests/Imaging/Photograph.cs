using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>What is printed on the paper of a photograph.</summary>
internal enum Paper
{
    Blank,
    Ruled,
    Squared,
}

/// <summary>What else a photograph shows, and how it is lit.</summary>
internal enum Scene
{
    /// <summary>Paper from border to border.</summary>
    Paper,

    /// <summary>A sheet that lies askew on dark wood.</summary>
    SheetOnDesk,

    /// <summary>A finger or another dark thing that reaches in from below.</summary>
    Finger,
}

/// <summary>
/// Photographs of ink on paper as telephones take them: light that falls off to a side, a shadow with a soft edge, gray
/// ink, printed lines a little askew, noise, and a JPEG's coarse frequencies.
/// </summary>
internal static class Photograph
{
    private const int Block = 8;
    private static readonly double[,] _cosines = Cosines();

    /// <param name="coverage">How much ink covers each pixel, 0 to 1, of a square.</param>
    /// <param name="seed">Determines light, shadow, ink, lines and noise.</param>
    /// <param name="paper">What is printed on the paper.</param>
    /// <param name="isChalk">Light on dark, as on a blackboard, instead of dark on light.</param>
    /// <param name="scene">What else is seen.</param>
    internal static GrayImage Take(float[] coverage, long seed, Paper paper, bool isChalk = false, Scene scene = Scene.Paper)
    {
        var random = new SeededRandom(seed);
        var side = (int)Math.Sqrt(coverage.Length);
        var (light, dark) = (random.Between(190, 240), random.Between(40, 120));
        var lines = PrintedLines(side, paper, random);
        var shade = Lighting(side, random);
        var noise = random.Between(2, 6);
        var surroundings = Surroundings(side, scene, new SeededRandom(~seed));
        var levels = new double[coverage.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            var level = light - Math.Max(coverage[i] * (light - dark), lines[i]);
            level = isChalk ? 280 - level : level;
            levels[i] = ((surroundings[i] ?? level) * shade[i]) + (noise * random.Normal());
        }

        Quantize(levels, side, step: random.Between(4, 16));
        return new GrayImage(side, side, Array.ConvertAll(levels, level => (byte)Math.Clamp(Math.Round(level), 0, 255)));
    }

    // The level of each pixel that shows something else than the paper; null for all others.
    private static double?[] Surroundings(int side, Scene scene, SeededRandom random)
    {
        var (tilt, wood, waves) = (random.Between(-0.3, 0.3), random.Between(50, 110), random.Between(5, 20));
        var (halfWidth, halfHeight, from) = (random.Between(0.36, 0.48), random.Between(0.36, 0.48), random.Between(-0.3, 0.3));
        var result = new double?[side * side];
        for (var i = 0; i < result.Length; i++)
        {
            var (x, y) = (((i % side) / (double)side) - 0.5, ((i / side) / (double)side) - 0.5);
            result[i] = scene switch
            {
                Scene.SheetOnDesk when Math.Abs(Along(tilt)) > halfWidth || Math.Abs(Along(tilt + (Math.PI / 2))) > halfHeight =>
                    wood + (10 * Math.Sin(2 * Math.PI * waves * (x + (0.2 * y)))),
                Scene.Finger when y > 0.36 && Math.Abs(x - from) < 0.12 => 70,
                _ => null,
            };

            double Along(double angle) => (x * Math.Cos(angle)) + (y * Math.Sin(angle));
        }

        return result;
    }

    private static double[] Lighting(int side, SeededRandom random)
    {
        var angle = random.Between(0, 2 * Math.PI);
        var falloff = random.Between(0, 0.45);
        var hasShadow = random.Below(2) == 0;
        var shadowAngle = random.Between(0, 2 * Math.PI);
        var (edge, softness, depth) = (random.Between(-0.3, 0.3), random.Between(0.01, 0.08), random.Between(0.2, 0.45));
        var shade = new double[side * side];
        for (var i = 0; i < shade.Length; i++)
        {
            var (x, y) = (((i % side) / (double)side) - 0.5, ((i / side) / (double)side) - 0.5);
            var along = (x * Math.Cos(angle)) + (y * Math.Sin(angle));
            shade[i] = 1 - (falloff * (along + 0.5));
            if (hasShadow)
            {
                var beyond = (x * Math.Cos(shadowAngle)) + (y * Math.Sin(shadowAngle)) - edge;
                shade[i] *= 1 - (depth * Math.Clamp((beyond / softness) + 0.5, 0, 1));
            }
        }

        return shade;
    }

    // How many levels darker than its paper the print makes each pixel.
    private static double[] PrintedLines(int side, Paper paper, SeededRandom random)
    {
        var print = new double[side * side];
        var spacing = random.Between(0.08, 0.16) * side;
        var (tilt, start) = (random.Between(-0.04, 0.04), random.Between(0, spacing));
        var (darkness, thickness) = (random.Between(20, 60), random.Between(0.003, 0.008) * side);
        for (var i = 0; i < print.Length; i++)
        {
            var (x, y) = (i % side, i / side);
            var down = y + (tilt * x) + start;
            var across = x - (tilt * y) + start;
            print[i] = (paper != Paper.Blank && Math.Abs((down % spacing) - (spacing / 2)) < thickness / 2)
                || (paper == Paper.Squared && Math.Abs((Math.Abs(across) % spacing) - (spacing / 2)) < thickness / 2)
                ? darkness
                : 0;
        }

        return print;
    }

    // The discrete cosine transform of each 8×8 block, its coefficients rounded the more coarsely the finer they are.
    private static void Quantize(double[] levels, int side, double step)
    {
        Span<double> block = stackalloc double[Block * Block];
        Span<double> coefficients = stackalloc double[Block * Block];
        for (var top = 0; top + Block <= side; top += Block)
        {
            for (var left = 0; left + Block <= side; left += Block)
            {
                for (var i = 0; i < block.Length; i++)
                {
                    block[i] = levels[((top + (i / Block)) * side) + left + (i % Block)];
                }

                Transform(block, coefficients, isInverse: false);
                for (var i = 0; i < block.Length; i++)
                {
                    var coarse = step * (1 + ((i / Block) + (i % Block)) / 2.0);
                    coefficients[i] = Math.Round(coefficients[i] / coarse) * coarse;
                }

                Transform(coefficients, block, isInverse: true);
                for (var i = 0; i < block.Length; i++)
                {
                    levels[((top + (i / Block)) * side) + left + (i % Block)] = block[i];
                }
            }
        }
    }

    private static void Transform(ReadOnlySpan<double> source, Span<double> target, bool isInverse)
    {
        Span<double> half = stackalloc double[Block * Block];
        Span<double> result = stackalloc double[Block * Block];
        for (var pass = 0; pass < 2; pass++)
        {
            var from = pass == 0 ? source : half;
            result.Clear();
            for (var i = 0; i < Block; i++)
            {
                for (var k = 0; k < Block; k++)
                {
                    // Transposed after each pass: rows become columns, then rows again.
                    for (var j = 0; j < Block; j++)
                    {
                        result[(k * Block) + i] += from[(i * Block) + j] * (isInverse ? _cosines[j, k] : _cosines[k, j]);
                    }
                }
            }

            result.CopyTo(pass == 0 ? half : target);
        }
    }

    private static double[,] Cosines()
    {
        var cosines = new double[Block, Block];
        for (var k = 0; k < Block; k++)
        {
            for (var j = 0; j < Block; j++)
            {
                cosines[k, j] = Math.Sqrt((k == 0 ? 1.0 : 2.0) / Block) * Math.Cos(Math.PI * k * ((2 * j) + 1) / (2.0 * Block));
            }
        }

        return cosines;
    }
}
