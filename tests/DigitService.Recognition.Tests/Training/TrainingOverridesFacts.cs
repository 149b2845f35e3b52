using DigitService.Recognition.Data;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Training;

public class TrainingOverridesFacts
{
    [Fact]
    public void EveryNetworkHasARecipeThatIsValidAndItsOwn()
    {
        foreach (var name in NetworkCatalog.Names)
        {
            var options = new TrainingOverrides { Network = name }.Resolve();
            Assert.Equal(name, options.Network);
            Assert.Equal(RecipeCatalog.Require(name).Options, options);
        }
    }

    [Fact]
    public void WithoutAnythingItIsTheDefaultRecipe() =>
        Assert.Equal(RecipeCatalog.Require(RecipeCatalog.Default).Options, new TrainingOverrides().Resolve());

    [Fact]
    public void WhatIsAskedForTakesTheRecipesPlaceAndTheRestStays()
    {
        var recipe = RecipeCatalog.Require("fast").Options;
        var options = new TrainingOverrides { Recipe = "fast", Epochs = 9, Seed = 5, Augmentation = Augmentation.Elastic }.Resolve();
        Assert.Equal(recipe with { Epochs = 9, Seed = 5, Augmentation = Augmentation.Elastic }, options);
    }

    [Fact]
    public void ARecipeCanTrainAnotherNetwork() =>
        Assert.Equal("cnn", new TrainingOverrides { Recipe = "fast", Network = "CNN" }.Resolve().Network);

    [Fact]
    public void PicturesOfNoDigitGoWithTheNetworkThatLearnsFromThem()
    {
        Assert.Equal(0.4, new TrainingOverrides { Recipe = "fast", Network = "vgg" }.Resolve().NonDigits);
        Assert.Equal(0, new TrainingOverrides { Recipe = "vgg", Network = "cnn" }.Resolve().NonDigits);
        Assert.Equal(0.1, new TrainingOverrides { Network = "vgg", NonDigits = 0.1 }.Resolve().NonDigits);
        var error = Assert.Throws<InvalidInputException>(() => new TrainingOverrides { NonDigits = 0.1 }.Resolve());
        Assert.Contains("cnn does not tell digits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MomentumHasItsUsualValueAndGoesWithItsOptimizer()
    {
        Assert.Equal(0.9, new TrainingOverrides { Optimizer = OptimizerKind.Momentum }.Resolve().Momentum);
        Assert.Equal(0.5, new TrainingOverrides { Optimizer = OptimizerKind.Momentum, Momentum = 0.5 }.Resolve().Momentum);
        var error = Assert.Throws<InvalidInputException>(() => new TrainingOverrides { Momentum = 0.5 }.Resolve());
        Assert.Contains("only with the optimizer momentum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownRecipeIsAnsweredWithThoseThatThereAre()
    {
        var error = Assert.Throws<InvalidInputException>(() => new TrainingOverrides { Recipe = "slow" }.Resolve());
        Assert.Contains("There is: mlp,", error.Message, StringComparison.Ordinal);
    }
}
