using DigitService.Recognition.Data;

namespace DigitService.Models;

/// <summary>Where models are: the section <c>Models</c> of the configuration.</summary>
internal sealed class ModelOptions
{
    /// <summary>The folder of the models' folders; null for <c>models</c> in the folder that has <c>data/mnist</c>, or beside the program.</summary>
    public string? Folder { get; init; }

    internal string FolderOrDefault()
    {
        if (Folder is not null)
        {
            return Folder;
        }

        try
        {
            return Path.Combine(MnistDataset.FindFolder(), "..", "..", "models");
        }
        catch (DatasetException)
        {
            return Path.Combine(AppContext.BaseDirectory, "models");
        }
    }
}
