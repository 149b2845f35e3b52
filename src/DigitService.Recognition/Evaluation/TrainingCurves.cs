using DigitService.Recognition.Evaluation.Charts;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Evaluation;

/// <summary>The part of a page that shows how the network learned.</summary>
internal static class TrainingCurves
{
    internal static Html Render(IReadOnlyList<EpochMetrics> epochs, IReadOnlyList<LossPoint> curve)
    {
        if (epochs.Count == 0 && curve.Count == 0)
        {
            return default;
        }

        var losses = curve.Select(point => new CurvePoint(point.Step, point.Loss)).ToArray();
        LineChart[] charts =
        [
            new("Loss per batch", "batches", "G3", IsLogarithmic: true, Series:
            [
                new LineSeries("each batch", "raw", losses),
                new LineSeries("smoothed", "first", Curve.Smooth(losses, reach: losses.Length / 60)),
            ]),
            new("Loss per epoch", "epochs", "G3", IsLogarithmic: true, Series:
            [
                new LineSeries("training", "first", PerEpoch(epochs, epoch => epoch.TrainLoss)),
                new LineSeries("validation", "second", PerEpoch(epochs, epoch => epoch.ValidationLoss)),
            ]),
            new("Accuracy per epoch", "epochs", "P1", Series:
            [
                new LineSeries("training", "first", PerEpoch(epochs, epoch => epoch.TrainAccuracy)),
                new LineSeries("validation", "second", PerEpoch(epochs, epoch => epoch.ValidationAccuracy)),
            ]),
            new("Learning rate", "batches", "G3", Series:
            [
                new LineSeries("learning rate", "first", [.. curve.Select(point => new CurvePoint(point.Step, point.LearningRate))]),
            ]),
        ];
        return Html.Of($"""
            <section>
            <h2>Training</h2>
            <p class="note">The training's figures are taken while it learns, with dropout and changed images where there are any;
            those on the validation images after each epoch.</p>
            <div class="pair">
            {Html.ForEach(charts, chart => chart.Render())}</div>
            </section>

            """);
    }

    private static CurvePoint[] PerEpoch(IReadOnlyList<EpochMetrics> epochs, Func<EpochMetrics, double?> value) =>
    [
        .. epochs
            .Where(epoch => value(epoch) is not null)
            .Select(epoch => new CurvePoint(epoch.Epoch, value(epoch)!.Value)),
    ];
}
