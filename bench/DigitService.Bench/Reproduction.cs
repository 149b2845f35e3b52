using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Bench;

/// <summary>
/// Trains every network by its recipe with three seeds, each read against the test images once, and writes the table of
/// what they reach. The recipe of the model that ships, which takes most of an hour, is not among them. Runs that are done already are not done again; one that was stopped goes on.
/// </summary>
internal sealed class Reproduction
{
    private static readonly long[] _seeds = [0, 1, 2];

    private readonly RunStore _runs;
    private readonly ModelRegistry _models;
    private readonly MnistDataset _data;
    private readonly string _mnist;

    internal Reproduction(string folder, string mnist)
    {
        _runs = new RunStore(Path.Combine(folder, "runs"));
        _models = new ModelRegistry(Path.Combine(folder, "models"));
        _data = MnistDataset.Read(mnist);
        _mnist = mnist;
    }

    internal void Write(string path)
    {
        var results = RecipeCatalog.All.Where(recipe => recipe.Name != RecipeCatalog.Best).Select(recipe => new RecipeResult(recipe, [.. _seeds.Select(seed => Run(recipe, seed))])).ToArray();
        File.WriteAllText(path, ReproductionPage.Render(results, RoadBenchmark.Run(_mnist)));
        Console.WriteLine($"Written: {path}");
    }

    private SeedResult Run(Recipe recipe, long seed)
    {
        var options = recipe.Options with { Seed = seed };
        var earlier = _runs.List().FirstOrDefault(entry => entry.Record?.Options == options)?.Record;
        if (earlier?.Status != RunStatus.Completed)
        {
            using var run = earlier is null ? _runs.Create(options) : _runs.Open(earlier.Id);
            new TrainingSession(_models, _data) { OnEpoch = epoch => Show(recipe.Name, seed, epoch) }.Run(run);
            earlier = run.Record;
        }

        var report = EvaluationReport.Parse(System.Text.Encoding.UTF8.GetString(_models.ReadEvaluation(earlier.ModelId!)!));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{recipe.Name} seed {seed}: {report.Accuracy:P2} of the test images"));
        return new SeedResult(earlier, report);
    }

    private static void Show(string recipe, long seed, EpochMetrics epoch) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {recipe} seed {seed} epoch {epoch.Epoch}: validation {epoch.ValidationAccuracy:P2}, {epoch.Seconds:F1} s"));
}

/// <summary>What one seed led to.</summary>
internal sealed record SeedResult(RunRecord Run, EvaluationReport Report);

/// <summary>What all seeds of a recipe led to.</summary>
internal sealed record RecipeResult(Recipe Recipe, IReadOnlyList<SeedResult> Seeds)
{
    /// <summary>The seed with the median accuracy.</summary>
    internal SeedResult Median => Seeds.OrderBy(seed => seed.Report.Accuracy).ElementAt(Seeds.Count / 2);

    /// <summary>The median over all epochs of all seeds.</summary>
    internal double SecondsAnEpoch
    {
        get
        {
            var sorted = Seeds.SelectMany(seed => seed.Run.Epochs).Select(epoch => epoch.Seconds).Order().ToArray();
            return sorted[sorted.Length / 2];
        }
    }

    /// <summary>The median over the seeds of the time that all epochs took.</summary>
    internal double Seconds =>
        Seeds.Select(seed => seed.Run.Epochs.Sum(epoch => epoch.Seconds)).Order().ElementAt(Seeds.Count / 2);

    /// <summary>How <c>digits train</c> is asked for it.</summary>
    internal string Command =>
        NetworkCatalog.Names.Contains(Recipe.Name) ? $"train --network {Recipe.Name}" : $"train --recipe {Recipe.Name}";
}
