using System.Diagnostics.Metrics;

namespace DigitService.Recognition.Inference;

/// <summary>
/// What a classifier tells of itself through <see cref="System.Diagnostics.Metrics"/>. Its meter is its own, with the
/// classifier as scope, so that those of several classifiers can be told apart, and ends with it.
/// </summary>
internal sealed class ClassifierMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _predictions;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _batchSize;

    internal ClassifierMetrics(DigitClassifier classifier, Func<int> queueLength)
    {
        _meter = new Meter(new MeterOptions(DigitClassifier.MeterName) { Scope = classifier });
        _predictions = _meter.CreateCounter<long>(
            "digitservice.predictions", "{picture}", "Pictures that models were asked about: answered, cancelled, failed or refused.");
        _duration = _meter.CreateHistogram(
            "digitservice.prediction.duration",
            "s",
            "The time from a picture's coming to the model to its answer, waiting included.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
            });
        _batchSize = _meter.CreateHistogram(
            "digitservice.batch.size",
            "{picture}",
            "Pictures that shared a pass.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64] });
        _meter.CreateObservableGauge("digitservice.queue.length", queueLength, "{picture}", "Pictures that wait for a pass.");
    }

    /// <summary>Pictures were read in one pass.</summary>
    internal void CountAnswered(WaitingPicture[] pictures, string model)
    {
        _batchSize.Record(pictures.Length);
        Count(pictures.Length, model, "answered");
        if (_duration.Enabled)
        {
            foreach (var picture in pictures)
            {
                _duration.Record(picture.Waited.TotalSeconds);
            }
        }
    }

    /// <param name="pictures">How many.</param>
    /// <param name="model">Whose answer was wanted.</param>
    /// <param name="outcome"><c>answered</c>, <c>cancelled</c>, <c>failed</c> or <c>refused</c>.</param>
    internal void Count(int pictures, string model, string outcome)
    {
        if (pictures > 0)
        {
            _predictions.Add(pictures, new("model", model), new("outcome", outcome));
        }
    }

    public void Dispose() => _meter.Dispose();
}
