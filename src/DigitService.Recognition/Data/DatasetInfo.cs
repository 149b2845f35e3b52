namespace DigitService.Recognition.Data;

/// <summary>How a dataset is kept.</summary>
public enum DatasetKind
{
    /// <summary>Files in the IDX format, as MNIST and EMNIST are published.</summary>
    Idx,

    /// <summary>Pictures in folders that are named by what they show.</summary>
    Folders,
}

/// <summary>What there is to know of a dataset without reading its images.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Images">How many images there are to learn from, those that cannot be read included.</param>
/// <param name="TestImages">How many there are to be tested on; 0 if MNIST's are taken.</param>
/// <param name="Kind">How it is kept; null if it is not known.</param>
/// <param name="Error">Why it cannot be used, as a sentence; null if it can, as far as that shows.</param>
public sealed record DatasetInfo(string Name, int Images, int TestImages, DatasetKind? Kind, string? Error);
