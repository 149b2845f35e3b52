using DigitService.Recognition.Data;

namespace DigitService.Training;

/// <summary>Where runs are kept, how many may wait, and how many may watch: the section <c>Training</c> of the configuration.</summary>
internal sealed class TrainingServiceOptions
{
    internal const string Section = "Training";

    /// <summary>The folder of the runs' folders; null for <c>data/runs</c> in the folder that has <c>data/mnist</c>, or beside the program.</summary>
    public string? Folder { get; init; }

    /// <summary>The folder of MNIST's four files; null for <c>data/mnist</c>, looked for from the program upwards.</summary>
    public string? Data { get; init; }

    /// <summary>The folder of the folders of other datasets; null for <c>data</c> in the folder that has <c>data/mnist</c>, or beside the program.</summary>
    public string? Datasets { get; init; }

    /// <summary>How many runs may wait for their turn, 0 to 1,000.</summary>
    public int QueueLength { get; init; } = 8;

    /// <summary>How many clients may watch at once, 0 to 100,000.</summary>
    public int Connections { get; init; } = 1_000;

    internal string FolderOrDefault() =>
        Folder ?? Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "data", "runs");

    internal string DatasetsOrDefault() => Datasets ?? Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "data");

    internal string DataOrDefault() => Data ?? MnistDataset.FindFolder();

    /// <summary>What is wrong with them, a sentence each with the key, the value and what is accepted.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Folder is not null && (string.IsNullOrWhiteSpace(Folder) || File.Exists(Folder)))
        {
            yield return $"{Section}:{nameof(Folder)} is '{Folder}'; accepted: a folder, which is made if it is missing, or nothing at all for data/runs.";
        }

        if (Data is not null && !Directory.Exists(Data))
        {
            yield return $"{Section}:{nameof(Data)} is '{Data}'; accepted: the folder of MNIST's four files, or nothing at all for data/mnist.";
        }

        if (Datasets is not null && !Directory.Exists(Datasets))
        {
            yield return $"{Section}:{nameof(Datasets)} is '{Datasets}'; accepted: the folder of datasets' folders, or nothing at all for data.";
        }

        if (QueueLength is < 0 or > 1_000)
        {
            yield return $"{Section}:{nameof(QueueLength)} is {QueueLength}; accepted: 0 to 1,000.";
        }

        if (Connections is < 0 or > 100_000)
        {
            yield return $"{Section}:{nameof(Connections)} is {Connections}; accepted: 0 to 100,000.";
        }
    }
}
