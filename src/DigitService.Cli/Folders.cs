using System.CommandLine;
using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Runs;

namespace DigitService.Cli;

/// <summary>Where a command finds models, runs, MNIST and what people have corrected.</summary>
internal sealed class Folders
{
    private readonly ParseResult _parsed;

    internal Folders(ParseResult parsed) => _parsed = parsed;

    internal static Option<DirectoryInfo?> Models { get; } = Option(
        "--models", "The models. [default: models/ in the folder that has data/mnist/, or in the current one]");

    internal static Option<DirectoryInfo?> Runs { get; } = Option(
        "--runs", "The training runs. [default: data/runs/ there]");

    internal static Option<DirectoryInfo?> Data { get; } = Option(
        "--data",
        "MNIST's four files; for 'train' and 'resume' any dataset: IDX files, or pictures in the folders 0 to 9 and none, or the name of a folder in data/. "
        + "[default: data/mnist/, looked for from the program upwards]");

    internal static Option<DirectoryInfo?> Feedback { get; } = Option(
        "--feedback-folder", "The pictures that people have corrected. [default: data/feedback/ there]");

    /// <summary>The options that were given, to be repeated in a command that goes on from this one; with a space before each.</summary>
    internal string Repeated => string.Concat(
        new[] { Models, Runs, Data }
            .Where(option => _parsed.GetValue(option) is not null)
            .Select(option => $" {option.Name} {Quoted(_parsed.GetValue(option)!.ToString())}"));

    // At a terminal a message is most helpful with the whole path.
    internal ModelRegistry OpenModels()
    {
        var folder = _parsed.GetValue(Models)?.FullName ?? Path.Combine(Root(), "models");
        return new ModelRegistry(folder) { ShownAs = folder };
    }

    internal RunStore OpenRuns()
    {
        var folder = _parsed.GetValue(Runs)?.FullName ?? Path.Combine(Root(), "data", "runs");
        return new RunStore(folder) { ShownAs = folder };
    }

    internal FeedbackStore OpenFeedback()
    {
        var folder = _parsed.GetValue(Feedback)?.FullName ?? Path.Combine(Root(), "data", "feedback");
        return new FeedbackStore(folder) { ShownAs = folder };
    }

    internal MnistDataset ReadData() => MnistDataset.Read(_parsed.GetValue(Data)?.FullName ?? MnistDataset.FindFolder());

    /// <summary>What is learned from: what was given, else what was learned from before, else MNIST.</summary>
    /// <param name="recorded">The dataset that a run has learned from; null for MNIST, and where nothing has been.</param>
    /// <param name="network">The network that learns: one that tells digits from all else gets pictures of no digit too.</param>
    /// <exception cref="DatasetException">There is no such dataset, or it cannot be read.</exception>
    internal Dataset ReadDataset(string? recorded, string network)
    {
        var given = _parsed.GetValue(Data)?.ToString();
        if ((given ?? recorded) is not { } wanted)
        {
            return Dataset.OfMnist(MnistDataset.Read(MnistDataset.FindFolder()));
        }

        // Of a folder elsewhere only the name is written down.
        var folder = given is null ? Named(wanted) : FolderOf(given);
        var name = Path.GetFileName(folder);
        return name == Dataset.Mnist
            ? Dataset.OfMnist(MnistDataset.Read(folder))
            : DatasetFolder.Read(folder, name, MnistDataset.FindFolder(), NetworkCatalog.Require(network).TellsDigits);
    }

    // What is there by that name here is meant; then what is in data/.
    private static string FolderOf(string given)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given));
        return Directory.Exists(folder) || !Directory.Exists(Named(given)) ? folder : Named(given);
    }

    private static string Named(string name) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(Root(), "data", name)));

    private static string Root() => ProjectFolder.FindOr(Environment.CurrentDirectory);

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;

    private static Option<DirectoryInfo?> Option(string name, string description) =>
        new(name) { Description = description, HelpName = "FOLDER", Recursive = true };
}
