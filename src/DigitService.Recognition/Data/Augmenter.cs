using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using DigitService.Recognition.Data.Synthesis;

namespace DigitService.Recognition.Data;

/// <summary>
/// Changes images at random. What becomes of an image depends on the seed, the epoch and the image's number alone, to
/// the last bit and on every machine: no order of work, no width of vectors and no fused multiplication has a part in
/// it. It may be used by several threads at once.
/// </summary>
internal sealed class Augmenter
{
    private const int Side = DigitImages.Side;
    private const int Stride = ElasticField.Stride;
    private const float Centre = (Side - 1) / 2f;

    // Places are measured in 256ths of a pixel.
    private const int One = 256;

    private const double GentleExtent = 0.5;

    private readonly Augmentation _ranges;
    private readonly long _seed;
    private readonly double _epochsBeforeGentle;
    private readonly ElasticField? _elastic;
    private readonly ElasticField? _gentleElastic;

    /// <param name="augmentation">How far images are changed.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="epochs">How many epochs the run has, from 1.</param>
    /// <exception cref="ArgumentException">A value of the augmentation is out of its range.</exception>
    internal Augmenter(Augmentation augmentation, long seed, int epochs = 1)
    {
        augmentation.Validate();
        _ranges = augmentation;
        _epochsBeforeGentle = augmentation.GentleAfter * epochs;
        _seed = seed;
        if (augmentation.ElasticStrength > 0)
        {
            _elastic = new ElasticField(augmentation.ElasticStrength, augmentation.ElasticSmoothness);
            _gentleElastic = new ElasticField(GentleExtent * augmentation.ElasticStrength, augmentation.ElasticSmoothness);
        }
    }

    /// <summary>Writes the image as this epoch sees it.</summary>
    /// <param name="source">784 pixels.</param>
    /// <param name="target">784 pixels, other memory than the source.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="image">The image's number in its dataset.</param>
    /// <param name="isOwn">Whether it is the dataset's own: only these are changed gently.</param>
    internal void Augment(ReadOnlySpan<byte> source, Span<byte> target, int epoch, int image, bool isOwn = true)
    {
        if (_ranges.IsNone)
        {
            source.CopyTo(target);
            return;
        }

        var random = new SplitMix64((long)new SplitMix64(_seed, epoch).Next(), image);
        var isGentle = isOwn && epoch > _epochsBeforeGentle && _ranges.Gentle > 0 && Hand.Unit(ref random) < _ranges.Gentle;
        var extent = isGentle ? GentleExtent : 1;
        var map = AffineMap.Inverse(
            rotation: extent * _ranges.Rotation * random.Symmetric(),
            shear: extent * _ranges.Shear * random.Symmetric(),
            scaleX: 1 + (extent * _ranges.Scale * random.Symmetric()),
            scaleY: 1 + (extent * _ranges.Scale * random.Symmetric()),
            shiftX: extent * _ranges.Translation * random.Symmetric(),
            shiftY: extent * _ranges.Translation * random.Symmetric());

        Span<float> across = stackalloc float[Side * Stride];
        Span<float> down = stackalloc float[Side * Stride];
        var elastic = isGentle ? _gentleElastic : _elastic;
        elastic?.Draw(ref random, across);
        elastic?.Draw(ref random, down);
        Sample(source, target, map, across, down);
        if (!isGentle)
        {
            Degradation.Apply(_ranges.Degradation, ref random, target);
        }
    }

    /// <summary>
    /// Fills every pixel of the target from its place in the source: what the map says, and then the displacement.
    /// Between pixels the four around are weighted (bilinear); beyond the edges there is paper.
    /// </summary>
    /// <param name="source">784 pixels.</param>
    /// <param name="target">784 pixels.</param>
    /// <param name="map">Where pixels come from.</param>
    /// <param name="across">Displacements to the right, 28 rows of 32.</param>
    /// <param name="down">Displacements downwards, 28 rows of 32.</param>
    internal static void Sample(
        ReadOnlySpan<byte> source,
        Span<byte> target,
        AffineMap map,
        ReadOnlySpan<float> across,
        ReadOnlySpan<float> down)
    {
        // With a margin of paper no place needs a test: the source's pixel (x, y) is at (x + 1, y + 1).
        Span<byte> paper = stackalloc byte[(Side + 3) * Stride];
        for (var y = 0; y < Side; y++)
        {
            source.Slice(y * Side, Side).CopyTo(paper[(((y + 1) * Stride) + 1)..]);
        }

        Span<int> columns = stackalloc int[Stride];
        Span<int> rows = stackalloc int[Stride];
        for (var y = 0; y < Side; y++)
        {
            Places(map.XX, (map.XY * (y - Centre)) + map.X, across.Slice(y * Stride, Stride), columns);
            Places(map.YX, (map.YY * (y - Centre)) + map.Y, down.Slice(y * Stride, Stride), rows);
            var line = target.Slice(y * Side, Side);
            for (var x = 0; x < line.Length; x++)
            {
                line[x] = Blend(paper, columns[x], rows[x]);
            }
        }

        // The one coordinate in the source of the pixels of a row, kept within the margin.
        void Places(float slope, float offset, ReadOnlySpan<float> displacements, Span<int> places)
        {
            for (var x = 0; x < Stride; x += Vector256<float>.Count)
            {
                var column = Vector256.CreateSequence(x - Centre, 1f);
                var place = (column * slope) + Vector256.Create(offset + Centre + 1)
                    + Vector256.Create<float>(displacements[x..]);
                var fixedPoint = (place * One) + Vector256.Create(0.5f);
                Vector256.ConvertToInt32(Vector256.Min(
                    Vector256.Max(fixedPoint, Vector256<float>.Zero), Vector256.Create((float)((Side + 1) * One))))
                    .CopyTo(places[x..]);
            }
        }
    }

    private static byte Blend(ReadOnlySpan<byte> paper, int column, int row)
    {
        var start = (row / One * Stride) + (column / One);
        uint upper = BinaryPrimitives.ReadUInt16LittleEndian(paper[start..]);
        uint lower = BinaryPrimitives.ReadUInt16LittleEndian(paper[(start + Stride)..]);
        var right = (uint)column % One;
        var below = (uint)row % One;

        // The upper and the lower pair are blended across side by side, each in 16 bits of its own.
        var pairs = upper | (lower << 16);
        var across = ((pairs & 0xff00ff) * (One - right)) + (((pairs >> 8) & 0xff00ff) * right);
        return (byte)((((across & 0xffff) * (One - below)) + ((across >> 16) * below) + (One * One / 2)) / (One * One));
    }
}
