using System.Collections.Concurrent;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Inference;

public sealed class ModelCacheFacts : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly TwoModels _models = new();
    private readonly ConcurrentQueue<string> _loaded = new();
    private readonly ManualResetEventSlim _mayLoad = new(initialState: true);
    private readonly SemaphoreSlim _begun = new(0);

    public void Dispose()
    {
        _models.Dispose();
        _mayLoad.Dispose();
        _begun.Dispose();
    }

    [Fact]
    public async Task ThoseWhoAskMeanwhileShareALoadAndOthersWaitForNobody()
    {
        using var cache = new ModelCache(Load, 2);
        Release(await cache.HoldAsync(_models.First, default));
        await _begun.WaitAsync(_patience);
        _mayLoad.Reset();
        var asking = Enumerable.Range(0, 5).Select(_ => cache.HoldAsync(_models.Second, default).AsTask()).ToArray();
        Assert.True(await _begun.WaitAsync(_patience));

        Release(await cache.HoldAsync(_models.First, default).AsTask().WaitAsync(_patience));
        Assert.All(asking, task => Assert.False(task.IsCompleted));
        _mayLoad.Set();
        Array.ForEach(await Task.WhenAll(asking).WaitAsync(_patience), Release);
        Assert.Equal([_models.First, _models.Second], _loaded);
    }

    [Fact]
    public async Task WhatWasAskedForLeastRecentlyGoesFirst()
    {
        var third = _models.Register(seed: 3);
        using var cache = new ModelCache(Load, 2);
        foreach (var id in new[] { _models.First, _models.Second, _models.First, third, _models.First, _models.Second })
        {
            Release(await cache.HoldAsync(id, default));
        }

        Assert.Equal([_models.First, _models.Second, third, _models.Second], _loaded);
    }

    [Fact]
    public async Task ThereAreNeverMoreModelsInMemoryThanThereMayBe()
    {
        using var cache = new ModelCache(Load, 1);
        var first = await cache.HoldAsync(_models.First, default);
        var second = cache.HoldAsync(_models.Second, default).AsTask();
        var third = cache.HoldAsync(_models.Register(seed: 3), default).AsTask();

        // The first has had to go, and is in memory until its holder lets go of it.
        Assert.True(await _begun.WaitAsync(_patience));
        Assert.False(await _begun.WaitAsync(TimeSpan.FromMilliseconds(100)));
        Assert.False(first.IsFreed);

        Release(first);
        Assert.True(first.IsFreed);
        Release(await second.WaitAsync(_patience));
        Release(await third.WaitAsync(_patience));
        Assert.True((await second).IsFreed);
    }

    [Fact]
    public async Task AFailureIsToldToAllWhoWaitAndIsNotKept()
    {
        using var cache = new ModelCache(Load, 1);
        var weights = Path.Combine(_models.Registry.Folder, _models.First, "model.pth");
        var bytes = await File.ReadAllBytesAsync(weights);
        await File.WriteAllBytesAsync(weights, bytes[..100]);
        _mayLoad.Reset();
        var asking = Enumerable.Range(0, 3).Select(_ => cache.HoldAsync(_models.First, default).AsTask()).ToArray();
        _mayLoad.Set();
        foreach (var task in asking)
        {
            await Assert.ThrowsAsync<DamagedEntryException>(() => task.WaitAsync(_patience));
        }

        await File.WriteAllBytesAsync(weights, bytes);
        Release(await cache.HoldAsync(_models.First, default).AsTask().WaitAsync(_patience));
        await Assert.ThrowsAsync<EntryNotFoundException>(() => cache.HoldAsync("20200101-000000-cnn", default).AsTask());
    }

    [Fact]
    public async Task OneWhoWaitsNoLongerLeavesTheLoadToTheOthers()
    {
        using var cache = new ModelCache(Load, 1);
        using var gone = new CancellationTokenSource();
        _mayLoad.Reset();
        var leaving = cache.HoldAsync(_models.First, gone.Token).AsTask();
        var staying = cache.HoldAsync(_models.First, default).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.WaitAsync(_patience));
        _mayLoad.Set();
        Release(await staying.WaitAsync(_patience));
        Assert.Single(_loaded);
    }

    [Fact]
    public async Task AModelThatIsForgottenWhileItIsLoadedIsAskedForAnew()
    {
        using var cache = new ModelCache(Load, 2);
        _mayLoad.Reset();
        var asking = cache.HoldAsync(_models.First, default).AsTask();
        Assert.True(await _begun.WaitAsync(_patience));

        cache.Forget(_models.First);
        _mayLoad.Set();
        Release(await asking.WaitAsync(_patience));
        Assert.Equal([_models.First, _models.First], _loaded);
        cache.Forget("20200101-000000-cnn");
    }

    [Fact]
    public async Task AfterItsEndNothingIsGivenOutAndWhatIsHeldStays()
    {
        var cache = new ModelCache(Load, 1);
        var model = await cache.HoldAsync(_models.First, default);
        cache.Dispose();
        Assert.False(model.IsFreed);
        Release(model);
        Assert.True(model.IsFreed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => cache.HoldAsync(_models.First, default).AsTask());
    }

    private static void Release(SharedModel model) => model.Release();

    private LoadedModel Load(string id)
    {
        _loaded.Enqueue(id);
        _begun.Release();
        _mayLoad.Wait(_patience);
        return _models.Registry.Load(id);
    }
}
