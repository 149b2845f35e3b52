using DigitService.Recognition.Models;
using DigitService.Recognition.Tests.Processes;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Models;

public sealed class PromotionFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _registry;
    private readonly string _base;

    public PromotionFacts()
    {
        _registry = new ModelRegistry(_folder.File("models"));
        _base = Register(0.9958, null).Id;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFineTunedModelMayLoseATenthOfAPointAndNotAnImageMore()
    {
        Assert.Null(Promotion.Refusal(_registry, Register(0.9948, _base), _base));
        var model = Register(0.9947, _base);
        Assert.Equal(
            $"The model {model.Id} reads 99.47% of MNIST's test images, 0.11 points less than the 99.58% of its base, {_base}; at most 0.1 less is accepted.",
            Promotion.Refusal(_registry, model, _base));
    }

    [Fact]
    public void WithoutItsBaseItIsMeasuredByTheActiveModel()
    {
        var active = Register(0.99, null).Id;
        var model = Register(0.985, "20200101-000000-cnn");
        Assert.Contains($"0.50 points less than the 99.00% of the active model, {active}", Promotion.Refusal(_registry, model, active), StringComparison.Ordinal);
        Assert.Null(Promotion.Refusal(_registry, model, activeId: null));
        Assert.Null(Promotion.Refusal(_registry, Register(0.9895, "../.."), active));
    }

    [Fact]
    public void OthersAreNotMeasuredNorIsTheOneThatAnswersAlready()
    {
        Assert.Null(Promotion.Refusal(_registry, Register(0.1, null), _base));
        Assert.Null(Promotion.Refusal(_registry, Register(0.1, null) with { Options = null }, _base));
        var forced = Register(0.5, _base);
        Assert.Null(Promotion.Refusal(_registry, forced, forced.Id));
        Assert.Null(Promotion.Refusal(_registry, forced with { Accuracy = null }, _base));
    }

    [Fact]
    public void AModelIsComparedWithItsBaseElseWithTheActiveOneAndNeverWithItself()
    {
        var model = Register(0.99, _base);
        var orphan = Register(0.99, "gone");
        Assert.Equal(_base, Promotion.Rival(_registry, model, orphan.Id)?.Id);
        Assert.Equal(_base, Promotion.Rival(_registry, orphan, _base)?.Id);
        Assert.Null(Promotion.Rival(_registry, orphan, orphan.Id));
        Assert.Null(Promotion.Rival(_registry, orphan, activeId: null));
    }

    private ModelInfo Register(double accuracy, string? baseId) => _registry.Register(
        RegistryWorker.Info("model") with { Accuracy = accuracy, Options = new TrainingOptions { Base = baseId } }, RegistryWorker.WriteWeights);
}
