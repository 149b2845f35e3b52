using System.Globalization;
using System.Text;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;
using Microsoft.Win32.SafeHandles;

namespace DigitService.Recognition.Runs;

/// <summary>
/// A run's loss curve while it grows: <c>curve.csv</c>, a line a batch, with numbers that are read back bit for bit.
/// Lines are collected and appended together; the last one may be torn when the process is killed, and is then no line.
/// </summary>
internal sealed class LossCurve : IDisposable
{
    private const string Header = "step,loss,learningRate";
    private const int LongestLine = 256;

    private readonly StringBuilder _pending = new();
    private readonly SafeFileHandle _file;
    private int _steps;
    private long _length;

    private LossCurve(string path, int steps)
    {
        _steps = steps;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete);
        _length = RandomAccess.GetLength(_file);
    }

    /// <summary>Writes a curve of these points, over the one that may be there, to be continued.</summary>
    internal static LossCurve Create(string path, IReadOnlyList<LossPoint> points)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var point in points)
        {
            Append(text, point);
        }

        AtomicFile.Write(path, file => file.Write(Encoding.ASCII.GetBytes(text.ToString())));
        return new LossCurve(path, points.Count);
    }

    /// <summary>The points that are on the disk, read one by one; none if there is no file.</summary>
    /// <exception cref="DamagedEntryException">A line is not one of a curve.</exception>
    internal static IEnumerable<LossPoint> Read(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var left = WholeLines(file);
        using var reader = new StreamReader(file, Encoding.ASCII);
        for (var step = 0; left > 0 && reader.ReadLine() is { } line; step++)
        {
            left -= line.Length + 1;
            if (step > 0)
            {
                yield return Parse(line) is { } point && point.Step == step
                    ? point
                    : throw RecognitionJson.Damaged(path, $"line {step + 1} is not step {step} with its loss and learning rate.");
            }
            else if (line != Header)
            {
                throw RecognitionJson.Damaged(path, $"its first line is not '{Header}'.");
            }
        }
    }

    /// <summary>Adds a point, which <see cref="Flush"/> brings into the file.</summary>
    /// <exception cref="ArgumentException">It is not the next step, or not finite.</exception>
    internal void Append(LossPoint point)
    {
        if (point.Step != _steps + 1 || !double.IsFinite(point.Loss) || !double.IsFinite(point.LearningRate))
        {
            throw new ArgumentException(
                $"The loss curve goes on with step {_steps + 1}, its loss and learning rate, all finite; this is {point}.");
        }

        Append(_pending, point);
        _steps++;
    }

    /// <summary>Brings all points into the file, where other processes see them, and with <paramref name="toDisk"/> onto the disk.</summary>
    /// <exception cref="IOException">The disk is full. Nothing is lost: the next call tries again.</exception>
    internal void Flush(bool toDisk)
    {
        if (_pending.Length > 0)
        {
            // Written at a remembered place, so that what a full disk cut off is written over.
            var bytes = Encoding.ASCII.GetBytes(_pending.ToString());
            RandomAccess.Write(_file, bytes, _length);
            _length += bytes.Length;
            _pending.Clear();
        }

        if (toDisk)
        {
            RandomAccess.FlushToDisk(_file);
        }
    }

    public void Dispose() => _file.Dispose();

    private static void Append(StringBuilder text, LossPoint point) =>
        text.Append(CultureInfo.InvariantCulture, $"{point.Step},{point.Loss:R},{point.LearningRate:R}\n");

    // Bytes up to the last line's end. What follows is torn, or written at this moment.
    private static long WholeLines(FileStream file)
    {
        var end = new byte[Math.Min(file.Length, LongestLine)];
        var start = file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        file.Position = 0;
        return start + end.AsSpan().LastIndexOf((byte)'\n') + 1;
    }

    private static LossPoint? Parse(ReadOnlySpan<char> line)
    {
        Span<Range> fields = stackalloc Range[4];
        return line.Split(fields, ',') == 3
            && int.TryParse(line[fields[0]], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            && TryParseFinite(line[fields[1]], out var loss)
            && TryParseFinite(line[fields[2]], out var learningRate)
                ? new LossPoint(step, loss, learningRate)
                : null;
    }

    private static bool TryParseFinite(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
