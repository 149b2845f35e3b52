namespace DigitService.Recognition.Data;

/// <summary>The folder that has <c>data/mnist</c>, and beside it <c>models</c> and <c>data/runs</c>.</summary>
public static class ProjectFolder
{
    /// <summary>The folder, looked for from the program upwards; <paramref name="otherwise"/> if there is none.</summary>
    public static string FindOr(string otherwise)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(MnistDataset.FindFolder(), "..", ".."));
        }
        catch (DatasetException)
        {
            return otherwise;
        }
    }
}
