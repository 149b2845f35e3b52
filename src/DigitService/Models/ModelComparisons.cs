using System.Security.Cryptography;
using System.Text;
using DigitService.Feedback;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using Microsoft.Extensions.Options;

namespace DigitService.Models;

/// <summary>
/// Compares models, one pair after the other, on a thread that answers nobody else. What corrected pictures were read as
/// is remembered for the latest pairs, for as long as neither the models nor the pictures change.
/// </summary>
internal sealed class ModelComparisons(ModelRegistry registry, FeedbackStore feedback, IOptions<FeedbackOptions> options) : IDisposable
{
    private const int Remembered = 8;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Queue<(ReadPair Pair, FeedbackComparison? Read)> _latest = new();

    /// <exception cref="BadHttpRequestException">Others are being compared for too long already.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any longer.</exception>
    internal async Task<ModelComparison> CompareAsync(ModelInfo model, ModelInfo other, CancellationToken cancellation)
    {
        if (!await _turn.WaitAsync(_patience, cancellation))
        {
            throw new BadHttpRequestException("Other models are being compared. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            return await Task.Factory.StartNew(
                () => ModelComparison.Of(registry, model, other, options.Value.Enabled ? ReadFeedback(model, other, cancellation) : null),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private FeedbackComparison? ReadFeedback(ModelInfo model, ModelInfo other, CancellationToken cancellation)
    {
        var samples = FeedbackComparison.HeldOut(feedback, model, other);
        if (samples.Count == 0)
        {
            return null;
        }

        var pair = new ReadPair(model, other, Fingerprint(samples));
        if (_latest.Where(entry => entry.Pair == pair).Take(1).ToArray() is [var known])
        {
            return known.Read;
        }

        using var before = registry.Load(other.Id);
        using var after = registry.Load(model.Id);
        var read = FeedbackComparison.Read(feedback, samples, before, after, cancellation);
        if (_latest.Count == Remembered)
        {
            _latest.Dequeue();
        }

        _latest.Enqueue((pair, read));
        return read;
    }

    private static string Fingerprint(IEnumerable<FeedbackSample> samples) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.ASCII.GetBytes(string.Concat(samples.Select(sample => $"{sample.Id}{sample.Label} ")))));

    private sealed record ReadPair(ModelInfo Model, ModelInfo Other, string Samples);
}
