using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DigitService.Recognition.Inference;

namespace DigitService.Recognition.Tests.Inference;

public sealed class ClassifierMetricsFacts : IDisposable
{
    private readonly TwoModels _models = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task ItCountsAndTimesWhatItAnswersAndRefuses()
    {
        using var classifier = new DigitClassifier(_models.Registry, capacity: 5);
        using var other = new DigitClassifier(_models.Registry);
        using var listener = Listen(classifier);
        classifier.Activate(_models.First);
        other.Activate(_models.Second);
        using var model = await classifier.HoldAsync();
        await model.ClassifyAllAsync([.. Enumerable.Range(0, 5).Select(_ => new byte[784])]);
        await other.ClassifyAsync(new byte[784]);
        Assert.Throws<ClassifierUnavailableException>(() => { _ = model.ClassifyAllAsync([.. Enumerable.Range(0, 6).Select(_ => new byte[784])]); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.ClassifyAllAsync([new byte[784]], new CancellationToken(canceled: true)));

        Assert.Equal(
            [("answered", 5.0), ("refused", 6.0), ("cancelled", 1.0)],
            Of("digitservice.predictions").Select(measured => (measured.Tags.Split(", ")[1], measured.Value)));
        Assert.All(Of("digitservice.predictions"), measured => Assert.StartsWith(_models.First, measured.Tags, StringComparison.Ordinal));
        Assert.Equal([5.0], Of("digitservice.batch.size").Select(measured => measured.Value));
        Assert.Equal(5, Of("digitservice.prediction.duration").Length);
        Assert.All(Of("digitservice.prediction.duration"), measured => Assert.InRange(measured.Value, 1e-6, 30));
    }

    [Fact]
    public void TheQueuesLengthIsAskedOfThisClassifierUntilItEnds()
    {
        using var classifier = new DigitClassifier(_models.Registry);
        using var listener = Listen(classifier);
        listener.RecordObservableInstruments();
        Assert.Equal([("digitservice.queue.length", 0.0, "")], _measured);

        classifier.Dispose();
        listener.RecordObservableInstruments();
        Assert.Single(_measured);
    }

    private (string Name, double Value, string Tags)[] Of(string name) => [.. _measured.Where(measured => measured.Name == name)];

    private MeterListener Listen(DigitClassifier classifier)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == DigitClassifier.MeterName && instrument.Meter.Scope == classifier)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        return listener;

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _measured.Enqueue((instrument.Name, value, string.Join(", ", tags.ToArray().Select(tag => tag.Value))));
    }
}
