using System.Text.Json;
using DigitService.Recognition.Data;

namespace DigitService.Recognition.Tests.Data;

public class AugmentationFacts
{
    [Fact]
    public void PresetsAreValidAndFoundByName()
    {
        Assert.Equal(["affine", "elastic", "none", "slight", "world"], Augmentation.Names.Order());
        Assert.All(Augmentation.Names, name => Augmentation.Named(name).Validate());
        Assert.Same(Augmentation.Elastic, Augmentation.Named("Elastic"));
        Assert.Equal(["none"], Augmentation.Names.Where(name => Augmentation.Named(name).IsNone));
    }

    [Fact]
    public void AnUnknownNameIsAnsweredWithThoseThatThereAre()
    {
        var error = Assert.Throws<InvalidInputException>(() => Augmentation.Named("wild"));
        Assert.Equal("There is no augmentation 'wild'. There is: none, slight, affine, elastic, world.", error.Message);
    }

    public static TheoryData<Augmentation, string> OutOfRange => new()
    {
        { new() { Rotation = 200 }, "Rotation is 200; accepted: 0 to 180." },
        { new() { Translation = -1 }, "Translation is -1; accepted: 0 to 28." },
        { new() { Scale = 1 }, "Scale is 1; accepted: 0 to 0.9." },
        { new() { Shear = 90 }, "Shear is 90; accepted: 0 to 60." },
        { new() { ElasticStrength = double.NaN }, "ElasticStrength is NaN; accepted: 0 to 10." },
        { new() { ElasticSmoothness = 0 }, "ElasticSmoothness is 0; accepted: 1 to 28." },
        { new() { Degradation = 2 }, "Degradation is 2; accepted: 0 to 1." },
        { new() { Gentle = -1 }, "Gentle is -1; accepted: 0 to 1." },
        { new() { GentleAfter = 1.5 }, "GentleAfter is 1.5; accepted: 0 to 1." },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void AValueOutOfItsRangeIsNamedWithWhatIsAccepted(Augmentation augmentation, string message)
    {
        Assert.Equal(message, Assert.Throws<InvalidInputException>(augmentation.Validate).Message);
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => new Augmenter(augmentation, 1)).Message);
    }

    [Fact]
    public void ItIsTheSameAfterAJourneyThroughJson() => Assert.Equal(
        Augmentation.Elastic, JsonSerializer.Deserialize<Augmentation>(JsonSerializer.Serialize(Augmentation.Elastic)));
}
