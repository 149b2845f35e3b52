using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
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

    [Fact]
    public void AFineTuningSeesImagesAsItsBaseDidAndHoldsOutTheSame()
    {
        var model = Model(RecipeCatalog.Require("vgg").Options with { Seed = 9, NonDigits = 0.2, ValidationSize = 1_000, Base = "older", Feedback = true });
        var options = new TrainingOverrides { Base = model.Id, Feedback = true, Epochs = 7 }.Resolve(model);
        Assert.Equal(("vgg", model.Id, true, 7), (options.Network, options.Base, options.Feedback, options.Epochs));
        Assert.Equal((9L, 0.2, 0.3, 1_000), (options.Seed, options.NonDigits, options.DrawnDigits, options.ValidationSize));
        Assert.Equal((Augmentation.World, Normalization.Unit), (options.Augmentation, options.Normalization));
        Assert.True(options.LearningRate < RecipeCatalog.Require("vgg").Options.LearningRate);
        Assert.False(new TrainingOverrides { Base = model.Id }.Resolve(model).Feedback);
    }

    [Fact]
    public void ABaseOfWhichNothingIsKnownIsFineTunedAsItsNetworksRecipeSays() => Assert.Equal(
        (RecipeCatalog.Require("vgg").Options.NonDigits, Augmentation.World, Normalization.Unit),
        new TrainingOverrides { Base = "base" }.Resolve(Model(null)) is var options ? (options.NonDigits, options.Augmentation, options.Normalization) : default);

    [Fact]
    public void ABaseIsOfOneNetworkAndNoOtherMayBeNamedBesideIt()
    {
        var model = Model(null);
        Assert.Equal("vgg", new TrainingOverrides { Base = "base", Network = "VGG", Recipe = "vgg" }.Resolve(model).Network);
        foreach (var other in new[] { new TrainingOverrides { Network = "cnn" }, new TrainingOverrides { Recipe = "fast" }, new TrainingOverrides { Recipe = "best" } })
        {
            var error = Assert.Throws<InvalidInputException>(() => (other with { Base = "base" }).Resolve(model));
            Assert.Contains("accepted: vgg, which the base base is, or none.", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => new TrainingOverrides { Base = "base" }.Resolve());
    }

    [Fact]
    public void AFineTunedModelIsNamedAfterItsBase()
    {
        var options = new TrainingOptions { Feedback = true };
        Assert.Equal("vgg + feedback", FineTuningRecipe.NameOf(Model(null), options));
        Assert.Equal("mine + feedback", FineTuningRecipe.NameOf(Model(null) with { Name = "mine" }, options));
        Assert.Equal("mine + feedback", FineTuningRecipe.NameOf(Model(null) with { Name = "mine + feedback" }, options));
        Assert.Null(FineTuningRecipe.NameOf(Model(null), new TrainingOptions()));
    }

    private static ModelInfo Model(TrainingOptions? options) => new()
    {
        Id = "base",
        Network = "vgg",
        Normalization = Normalization.Unit,
        Options = options,
        Parameters = 1,
        Versions = LibraryVersions.Current(),
    };
}
