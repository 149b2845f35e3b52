using System.IO.Compression;
using System.Security.Cryptography;
using DigitService.Recognition.Data;

namespace DigitService.Recognition.Tests.Data;

public class DatasetFilesFacts
{
    [Fact]
    public void TheShippedFilesAreThePublishedOnes()
    {
        var folder = MnistDataset.FindFolder();
        var lines = File.ReadAllLines(Path.Combine(folder, "SHA256SUMS"));
        Assert.Equal(8, lines.Length);
        foreach (var line in lines)
        {
            var (expected, name) = (line[..64], line[66..]);
            var path = Path.Combine(folder, name);
            using Stream content = File.Exists(path)
                ? File.OpenRead(path)
                : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
            Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        Assert.Contains("CC BY-SA 3.0", File.ReadAllText(Path.Combine(folder, "LICENCE")), StringComparison.Ordinal);
    }
}
