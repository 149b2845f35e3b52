using DigitService.Recognition.Data;
using DigitService.Recognition.Export;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Export;

public class NetworkExportFacts
{
    [Fact]
    public void APthFileIsAStateDictionaryThatLoadsAgain()
    {
        using var folder = new TemporaryFolder();
        using var network = UsedNetwork.Of("mlp-bn");
        using var other = NetworkCatalog.Create("mlp-bn", seed: 99);

        NetworkExport.Write(folder.File("a"), ExportFormat.Pth, network, "mlp-bn", Normalization.Mnist);
        Checkpoint.Read(folder.File("a")).LoadInto(other);

        Assert.All(
            network.state_dict(),
            entry => Assert.Equal(entry.Value.bytes.ToArray(), other.state_dict()[entry.Key].bytes.ToArray()));
    }

    [Fact]
    public void ASafetensorsFileHasTheWholeStateAndSaysHowTheNetworkIsFed()
    {
        using var folder = new TemporaryFolder();
        using var network = UsedNetwork.Of("resnet-se");

        NetworkExport.Write(folder.File("a"), ExportFormat.Safetensors, network, "resnet-se", Normalization.Symmetric, temperature: 1.5);
        var read = SafetensorsFile.Read(folder.File("a"));

        Assert.Equal(network.state_dict().Keys.Order(), read.Tensors.Keys.Order());
        Assert.All(network.state_dict(), entry =>
        {
            Assert.Equal(entry.Value.shape, read.Tensors[entry.Key].Shape);
            Assert.Equal(entry.Value.bytes.ToArray(), read.Tensors[entry.Key].Data.ToArray());
        });
        Assert.Equal(
            ("pt", "resnet-se", "symmetric", "1.5"),
            (read.Metadata["format"], read.Metadata["network"], read.Metadata["normalization"], read.Metadata["temperature"]));
        Assert.Contains("divided by the temperature, 1.5,", read.Metadata["description"], StringComparison.Ordinal);
    }

    [Fact]
    public void ASafetensorsFileOfANetworkThatTellsDigitsHasElevenClasses()
    {
        using var folder = new TemporaryFolder();
        using var network = NetworkCatalog.Create("vgg", seed: 1);

        NetworkExport.Write(folder.File("a"), ExportFormat.Safetensors, network, "vgg", Normalization.Mnist);

        Assert.Equal("0,1,2,3,4,5,6,7,8,9,none", SafetensorsFile.Read(folder.File("a")).Metadata["classes"]);
    }

    [Fact]
    public void AnOnnxFileIsWrittenAsOnnxFileWritesIt()
    {
        using var folder = new TemporaryFolder();
        using var network = UsedNetwork.Of("lenet5");

        NetworkExport.Write(folder.File("a"), ExportFormat.Onnx, network, "lenet5", Normalization.Unit, temperature: 2);
        OnnxFile.Write(folder.File("b"), network, "lenet5", Normalization.Unit, temperature: 2);
        using var stream = new MemoryStream();
        NetworkExport.Write(stream, ExportFormat.Onnx, network, "lenet5", Normalization.Unit, temperature: 2);

        Assert.Equal(File.ReadAllBytes(folder.File("b")), File.ReadAllBytes(folder.File("a")));
        Assert.Equal(File.ReadAllBytes(folder.File("b")), stream.ToArray());
        var metadata = new ProtobufFields(stream.ToArray()).Messages(14).ToDictionary(entry => entry.Text(1), entry => entry.Text(2));
        Assert.Equal("2", metadata["temperature"]);
    }

    [Fact]
    public void AFormatThatIsNoneIsRefused()
    {
        using var folder = new TemporaryFolder();
        using var network = NetworkCatalog.Create("mlp", seed: 1);

        Assert.Contains(
            "Pth, Onnx, Safetensors",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => NetworkExport.Write(folder.File("a"), (ExportFormat)9, network, "mlp", Normalization.Mnist)).Message,
            StringComparison.Ordinal);
    }
}
