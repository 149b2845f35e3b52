using System.Diagnostics;

namespace DigitService.Cli.Tests;

public class MissingLibTorchFacts
{
    [Fact]
    public void AProgramWithoutLibTorchSaysWhatToInstall()
    {
        var folder = Directory.CreateTempSubdirectory("digits-");
        try
        {
            foreach (var file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => !file.EndsWith(".so", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            using var process = Process.Start(new ProcessStartInfo(
                "dotnet",
                [Path.Combine(folder.FullName, "digits.dll"), "train", "--data", Recognition.Data.MnistDataset.FindFolder()])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                WorkingDirectory = folder.FullName,
            })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();

            Assert.Equal(1, process.ExitCode);
            Assert.Contains("apt-get install libtorch-dev libopenblas0-pthread", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(folder.FullName, "data")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
