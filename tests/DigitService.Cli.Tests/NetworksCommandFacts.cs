using System.Text.Json;
using System.Xml.Linq;
using DigitService.Recognition.Networks;

namespace DigitService.Cli.Tests;

public class NetworksCommandFacts
{
    [Fact]
    public void EveryNetworkIsListedWithItsCosts()
    {
        var (exitCode, output, errors) = Digits.Run("networks");
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.All(NetworkCatalog.All, network =>
        {
            Assert.Contains($"{network.Name}  {NetworkCatalog.Summary(network.Name).Parameters:N0} parameters", output, StringComparison.Ordinal);
            Assert.Contains(network.Description, output, StringComparison.Ordinal);
            Assert.Contains(network.Source, output, StringComparison.Ordinal);
        });
        Assert.Contains("mlp-bn  568,970 parameters", output, StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworksLayersAreShownWithTheirShapes()
    {
        var output = Digits.Run("networks", "CNN").Output;
        Assert.Matches(@"\nconv1 +Conv2d 1→10, 5×5 +10×24×24 +260 +144,000\n", output);
        Assert.Matches(@"\nfc2 +Linear 500→10 +10 +5,010 +5,000\n", output);
    }

    [Fact]
    public void JsonIsTheCatalogue()
    {
        using var all = JsonDocument.Parse(Digits.Run("networks", "--json").Output);
        Assert.Equal(NetworkCatalog.Names, all.RootElement.EnumerateArray().Select(network => network.GetProperty("name").GetString()));
        using var one = JsonDocument.Parse(Digits.Run("networks", "lenet5", "--json").Output);
        Assert.Equal(61_706, one.RootElement.GetProperty("parameters").GetInt64());
    }

    [Fact]
    public void ADiagramIsSvgOnStandardOutputOrInAFile()
    {
        var (exitCode, output, _) = Digits.Run("networks", "--diagram", "cnn");
        Assert.Equal(0, exitCode);
        Assert.Equal("svg", XDocument.Parse(output).Root!.Name.LocalName);

        var folder = Directory.CreateTempSubdirectory("digits-");
        try
        {
            var file = Path.Combine(folder.FullName, "cnn.svg");
            Assert.Equal($"Wrote {file}\n", Digits.Run("networks", "--diagram", "cnn", "--output", file).Output);
            Assert.Equal(output.Trim(), File.ReadAllText(file).Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void AnUnknownNetworkIsAnsweredWithThoseThatThereAre()
    {
        var (exitCode, _, errors) = Digits.Run("networks", "alexnet");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Error: There is no network 'alexnet'. There is: mlp,", errors, StringComparison.Ordinal);
    }
}
