using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;
using Microsoft.Extensions.Options;

namespace DigitService.Training;

/// <summary>What runs may learn from: MNIST, and the datasets beside it, by their names only.</summary>
internal sealed partial class DatasetSource(
    IOptions<TrainingServiceOptions> options, MnistSource mnist, RunStore runs, FeedbackStore feedback, ILogger<DatasetSource> logger)
{
    private const int MostTold = 5;

    private readonly DatasetCatalog _catalog = new(
        options.Value.DatasetsOrDefault(),
        options.Value.Data ?? Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "data", "mnist"),
        runs.Folder,
        feedback.Folder);

    /// <summary>All datasets, those included that cannot be used.</summary>
    internal IReadOnlyList<DatasetInfo> List() => _catalog.List();

    /// <summary>The options with what the size of their dataset makes of them.</summary>
    /// <param name="wanted">The options.</param>
    /// <param name="asked">What somebody asked for, which stays as it is.</param>
    /// <exception cref="EntryNotFoundException">There is no such dataset.</exception>
    /// <exception cref="EntryConflictException">It cannot be used.</exception>
    /// <exception cref="Recognition.InvalidInputException">That is no name, or what was asked for does not fit the dataset.</exception>
    internal TrainingOptions Fit(TrainingOptions wanted, TrainingOverrides asked)
    {
        if (wanted.Data is not { } name || name == Dataset.Mnist)
        {
            return wanted with { Data = null };
        }

        var info = _catalog.Get(name);
        return info.Error is null
            ? wanted.FittedTo(info.Images, asked.ValidationSize, asked.TrainSize)
            : throw new EntryConflictException($"The dataset {name} cannot be used: {info.Error}");
    }

    /// <summary>The images that options name. Whoever uses them holds them.</summary>
    /// <exception cref="EntryNotFoundException">There is no such dataset any longer.</exception>
    /// <exception cref="DatasetException">It is no dataset, or a damaged one.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal Dataset Read(TrainingOptions wanted, CancellationToken cancellation)
    {
        if (wanted.Data is not { } name)
        {
            return Dataset.OfMnist(mnist.Read());
        }

        var dataset = _catalog.Read(name, NetworkCatalog.Require(wanted.Network).TellsDigits, cancellation);
        if (dataset.Skipped is { Count: > 0 } skipped)
        {
            LogSkipped(name, skipped.Count, string.Join(" ", skipped.Take(MostTold).Select(picture => $"{picture.Name}: {picture.Reason}")));
        }

        return dataset;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} pictures of the dataset {Name} are left out, such as {Reasons}")]
    private partial void LogSkipped(string name, int count, string reasons);
}
