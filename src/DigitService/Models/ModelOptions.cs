using DigitService.Recognition.Data;

namespace DigitService.Models;

/// <summary>Where models are, and how large one may be that is imported: the section <c>Models</c> of the configuration.</summary>
internal sealed class ModelOptions
{
    /// <summary>The folder of the models' folders; null for <c>models</c> in the folder that has <c>data/mnist</c>, or beside the program.</summary>
    public string? Folder { get; init; }

    /// <summary>The largest file that POST /models takes, in megabytes, 1 to 1,024.</summary>
    public int LargestImport { get; init; } = 64;

    internal long LargestImportBytes => (long)LargestImport << 20;

    internal string FolderOrDefault() => Folder ?? Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "models");
}
