using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Tests.Processes;

namespace DigitService.Recognition.Tests.Models;

/// <summary>Going back to the models that were active before.</summary>
public sealed class RollbackFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _registry;

    public RollbackFacts() => _registry = new ModelRegistry(_folder.File("models"));

    private string ActivePath => Path.Combine(_registry.Folder, "active.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachRollbackTakesOneStepUntilThereIsNone()
    {
        var (a, b, c) = (Register(), Register(), Register());
        Assert.Null(_registry.GetPreviousId());
        foreach (var id in new[] { a, b, c, c, a })
        {
            _registry.Activate(id);
        }

        foreach (var expected in new[] { c, b, a })
        {
            Assert.Equal(expected, _registry.GetPreviousId());
            _registry.RollBack(expected);
            Assert.Equal(expected, _registry.GetActiveId());
        }

        Assert.Null(_registry.GetPreviousId());
        Assert.Contains("not the one that answered before", Assert.Throws<EntryConflictException>(() => _registry.RollBack(b)).Message, StringComparison.Ordinal);
        Assert.Equal(a, _registry.GetActiveId());
    }

    [Fact]
    public void DeletedModelsAreLeftOutAndNobodyGoesBackToTheOneThatAnswers()
    {
        var (a, b, c) = (Register(), Register(), Register());
        foreach (var id in new[] { b, a, c, a })
        {
            _registry.Activate(id);
        }

        _registry.Delete(c);
        Assert.Equal(b, _registry.GetPreviousId());
        _registry.Delete(b);
        Assert.Null(_registry.GetPreviousId());
    }

    [Fact]
    public void AFileWithoutHistoryIsReadAsBeforeAndGetsOne()
    {
        var (a, b) = (Register(), Register());
        File.WriteAllText(ActivePath, $$"""{"version": 1, "id": "{{a}}"}""");
        Assert.Equal((a, null), (_registry.GetActiveId(), _registry.GetPreviousId()));
        _registry.Activate(b);
        Assert.Equal(a, _registry.GetPreviousId());
        Assert.Contains("\"version\": 1", File.ReadAllText(ActivePath), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatSomebodyEditedIntoTheHistoryHarmsNothing()
    {
        var (a, b) = (Register(), Register());
        File.WriteAllText(ActivePath, $$"""{"version": 1, "id": "{{a}}", "before": ["../..", null, "", "none", "{{a}}", "{{b}}"]}""");
        Assert.Equal((a, b), (_registry.GetActiveId(), _registry.GetPreviousId()));
        File.WriteAllText(ActivePath, $$"""{"version": 1, "id": "{{a}}", "before": "{{b}}"}""");
        Assert.Throws<DamagedEntryException>(_registry.GetPreviousId);
        _registry.Activate(b);
        Assert.Equal((b, null), (_registry.GetActiveId(), _registry.GetPreviousId()));
    }

    [Fact]
    public void TheHistoryHasAnEnd()
    {
        string[] ids = [.. Enumerable.Range(0, 25).Select(_ => Register())];
        Array.ForEach(ids, _registry.Activate);
        var steps = 0;
        for (; _registry.GetPreviousId() is { } previous; steps++)
        {
            _registry.RollBack(previous);
        }

        Assert.Equal((20, ids[4]), (steps, _registry.GetActiveId()));
    }

    [Fact]
    public void AModelThatIsDamagedIsNotGoneBackTo()
    {
        var (a, b) = (Register(), Register());
        _registry.Activate(a);
        _registry.Activate(b);
        var weights = Path.Combine(_registry.Folder, a, "model.pth");
        var content = File.ReadAllBytes(weights);
        content[^1] ^= 1;
        File.WriteAllBytes(weights, content);
        Assert.Contains("SHA-256", Assert.Throws<DamagedEntryException>(() => _registry.RollBack(a)).Message, StringComparison.Ordinal);
        Assert.Equal(b, _registry.GetActiveId());
    }

    private string Register() => _registry.Register(RegistryWorker.Info("model"), RegistryWorker.WriteWeights).Id;
}
