using System.Globalization;
using System.Text;
using DigitService.Recognition.Data;
using DigitService.Recognition.Persistence;

namespace DigitService.Bench;

/// <summary>Everything that is measured beside a peer, in one run, as a page.</summary>
/// <param name="mnist">The folder of MNIST's files.</param>
/// <param name="rounds">How often each thing is measured.</param>
internal sealed class WholeBenchmark(string mnist, BenchmarkRounds rounds)
{
    private const double Quiet = 0.05;

    /// <summary>Where the page is kept.</summary>
    internal static string Page => Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "docs", "benchmarks.md");

    /// <summary>Makes the models that are compared, for one measurement.</summary>
    internal static async Task<BenchmarkSection> WithModels(string mnist, Func<BenchmarkFolder, Task<BenchmarkSection>> measure)
    {
        using var folder = new BenchmarkFolder(mnist, BenchmarkFolder.Compared);
        return await measure(folder);
    }

    /// <summary>Measures and writes the page, in the place of that of an earlier run, whose ratios it shows too.</summary>
    internal async Task Write(string path)
    {
        // Whoever lacks a peer is told now rather than after ten minutes.
        var machine = Machine.Describe();
        var busy = await Machine.Busy();
        if (busy > Quiet)
        {
            Progress.Say(string.Create(
                CultureInfo.InvariantCulture, $"Other programs take {100 * busy:F0}% of the processors' time. The numbers will vary for it."));
        }

        var before = File.Exists(path) ? await File.ReadAllTextAsync(path) : null;
        var image = ImageSize.Section();
        var page = BenchmarkPage.Render([.. await Measure(), image], machine, busy, before);
        AtomicFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(page)));
        Progress.Say($"Written: {path}");
        if (before is not null)
        {
            _ = BenchmarkDrift.Show(before, page);
        }
    }

    private async Task<IReadOnlyList<BenchmarkSection>> Measure()
    {
        var sections = new List<BenchmarkSection> { EpochBenchmark.Measure(mnist, rounds.Epochs), RoadBenchmark.Measure(mnist, rounds.Seeds) };
        Progress.Say("making models to be compared by their answers");
        using var folder = new BenchmarkFolder(mnist, BenchmarkFolder.Compared);
        sections.Add(ForwardBenchmark.Measure(folder, mnist, rounds.Forward));
        sections.Add(await HttpBenchmark.Measure(folder, rounds.Http));
        sections.Add(await StartBenchmark.Measure(folder, rounds.Starts, rounds.Loads));
        return sections;
    }
}

/// <summary>How often things are measured.</summary>
/// <param name="Epochs">Epochs of each in turns.</param>
/// <param name="Seeds">Seeds with which 99% of the test images are sought.</param>
/// <param name="Forward">Rounds in process.</param>
/// <param name="Http">Rounds over HTTP; an even number.</param>
/// <param name="Starts">Starts of each.</param>
/// <param name="Loads">Of these, those after which 10,000 pictures are read.</param>
internal sealed record BenchmarkRounds(int Epochs, int Seeds, int Forward, int Http, int Starts, int Loads)
{
    /// <summary>As many as make the ratios come out alike again.</summary>
    internal static BenchmarkRounds Full { get; } = new(Epochs: 7, Seeds: 9, Forward: 50, Http: 14, Starts: 7, Loads: 3);

    /// <summary>As few as show that everything works.</summary>
    internal static BenchmarkRounds Quick { get; } = new(Epochs: 1, Seeds: 1, Forward: 1, Http: 2, Starts: 1, Loads: 1);
}
