using System.Globalization;
using DigitService.Recognition.Training;
using Spectre.Console;
using Spectre.Console.Rendering;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Cli;

/// <summary>What a person sees of a training run: a bar that moves with every batch, and a row of figures per epoch.</summary>
internal sealed class TrainingDisplay(IAnsiConsole console, TrainingOptions options)
{
    private ProgressTask? _bar;
    private BatchProgress? _latest;

    private bool IsLive => console.Profile.Capabilities.Interactive;

    internal T While<T>(string what, Func<T> work) =>
        IsLive ? console.Status().Start($"{what}…", _ => work()) : work();

    internal void ShowStart(Network network)
    {
        var parameters = network.parameters().Sum(parameter => parameter.numel());
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[bold]{options.Network}[/]  {parameters:N0} parameters, Adam {options.LearningRate}, batch {options.BatchSize}, seed {options.Seed}");
        console.WriteLine();
        console.MarkupLine("[grey]Epoch   Train loss   Test loss   Test accuracy   Seconds[/]");
    }

    /// <summary>Shows the bar while <paramref name="training"/> runs.</summary>
    internal void Follow(Action training)
    {
        if (!IsLive)
        {
            training();
            return;
        }

        console.Progress()
            .AutoClear(true)
            .Columns(
                new TextColumn(() => _latest is { } now ? $"Epoch {now.Epoch}/{now.Epochs}" : "Starting"),
                new ProgressBarColumn { Width = 30 },
                new PercentageColumn(),
                new TextColumn(() => _latest is { } now ? Invariant($"loss {now.Loss:F4}") : ""),
                new TextColumn(() => _latest is { } now ? Invariant($"{now.ImagesPerSecond:N0} images/s") : ""),
                new TextColumn(() => _latest is { } now ? $"{Clock(now.TimeLeft)} left" : ""))
            .Start(context =>
            {
                _bar = context.AddTask("training", maxValue: 1);
                training();
            });
    }

    internal void Show(BatchProgress progress)
    {
        _latest = progress;
        if (_bar is not null)
        {
            _bar.Value = (progress.Epoch - 1 + ((double)progress.Batch / progress.Batches)) / progress.Epochs;
        }
    }

    internal void Show(EpochResult result) => console.WriteLine(Invariant(
        $"{result.Epoch,5}   {result.TrainLoss,10:F4}   {result.TestLoss,9:F4}   {result.TestAccuracy,13:P2}   {result.Duration.TotalSeconds,7:F1}"));

    internal void ShowEnd(string checkpoint)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[green]Done.[/] The checkpoint is {checkpoint}");
    }

    internal void ShowStopped(int epochs, int batches, string checkpoint)
    {
        console.WriteLine();
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[yellow]Stopped[/] after {epochs} epochs and {batches} batches. The checkpoint is {checkpoint}");
    }

    private static string Clock(TimeSpan time) =>
        time.TotalHours < 1 ? Invariant($"{time:m\\:ss}") : Invariant($"{(int)time.TotalHours}:{time:mm\\:ss}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class TextColumn(Func<string> text) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(text());
    }
}
