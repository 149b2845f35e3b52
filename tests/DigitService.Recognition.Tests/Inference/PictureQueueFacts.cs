using System.Collections.Concurrent;
using DigitService.Recognition.Inference;

namespace DigitService.Recognition.Tests.Inference;

public sealed class PictureQueueFacts : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly TwoModels _models = new();
    private readonly SharedModel _model;
    private readonly ConcurrentQueue<(WaitingPicture[] Pictures, int Thread)> _passes = new();
    private readonly ManualResetEventSlim _mayEnd = new(initialState: true);
    private readonly SemaphoreSlim _begun = new(0);

    public PictureQueueFacts() => _model = new SharedModel(_models.Registry.Load(_models.First));

    public void Dispose()
    {
        _model.Release();
        _models.Dispose();
        _mayEnd.Dispose();
        _begun.Dispose();
    }

    [Fact]
    public void ALoneRequestIsReadByTheThreadThatBringsIt()
    {
        using var queue = new PictureQueue(10, 2, Read);
        Assert.True(SpinWait.SpinUntil(AskWhileThePoolIsIdle, _patience));

        bool AskWhileThePoolIsIdle()
        {
            _passes.Clear();
            var picture = Ask();
            queue.TryAdd([picture]);
            return picture.Answer.Wait(_patience) && _passes.TryPeek(out var pass) && pass.Thread == Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public async Task ThoseWhoComeDuringAPassShareTheNextInTheirOrder()
    {
        using var queue = new PictureQueue(1_000, 1, Read);
        _mayEnd.Reset();
        WaitingPicture[] first = [Ask(), Ask()];
        Assert.True(queue.TryAdd(first));
        Assert.True(await _begun.WaitAsync(_patience));
        var crowd = Enumerable.Range(0, 100).Select(_ => Ask()).ToArray();
        Assert.All(crowd, picture => Assert.True(queue.TryAdd([picture])));
        Assert.Equal(100, queue.Length);

        _mayEnd.Set();
        await Task.WhenAll(crowd.Select(picture => picture.Answer)).WaitAsync(_patience);
        Assert.Equal([2, 32, 32, 32, 4], _passes.Select(pass => pass.Pictures.Length));
        Assert.Equal(first.Concat(crowd), _passes.SelectMany(pass => pass.Pictures));
    }

    [Fact]
    public async Task AsManyPassesAreUnderWayAsMayBeAndNoMore()
    {
        using var queue = new PictureQueue(1_000, 2, Read);
        _mayEnd.Reset();
        var crowd = Enumerable.Range(0, 5).Select(_ => new[] { Ask(), Ask() }).ToArray();
        foreach (var pictures in crowd)
        {
            Assert.True(queue.TryAdd(pictures));
            await _begun.WaitAsync(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(2, _passes.Count);
        _mayEnd.Set();
        await Task.WhenAll(crowd.SelectMany(pictures => pictures).Select(picture => picture.Answer)).WaitAsync(_patience);
    }

    [Fact]
    public async Task WhatDoesNotFitIsRefusedWhole()
    {
        using var queue = new PictureQueue(3, 1, Read);
        _mayEnd.Reset();
        Assert.True(queue.TryAdd([Ask(), Ask()]));
        Assert.True(await _begun.WaitAsync(_patience));
        Assert.True(queue.TryAdd([Ask(), Ask()]));
        WaitingPicture[] refused = [Ask(), Ask()];
        Assert.False(queue.TryAdd(refused));
        Assert.Equal(2, queue.Length);
        Array.ForEach(refused, picture => picture.End());
        _mayEnd.Set();
    }

    [Fact]
    public async Task ItsEndWaitsForWhatIsUnderWayAndReadsWhatWaits()
    {
        var queue = new PictureQueue(1_000, 1, Read);
        _mayEnd.Reset();
        var pictures = Enumerable.Range(0, 200).Select(_ => Ask()).ToArray();
        Assert.True(queue.TryAdd(pictures));
        Assert.True(await _begun.WaitAsync(_patience));
        var end = Task.Run(queue.Dispose);
        Assert.False(end.IsCompleted);

        _mayEnd.Set();
        await end.WaitAsync(_patience);
        Assert.All(pictures, picture => Assert.True(picture.Answer.IsCompletedSuccessfully));
        WaitingPicture[] late = [Ask()];
        Assert.Throws<ObjectDisposedException>(() => queue.TryAdd(late));
        late[0].End();
    }

    [Fact]
    public async Task ItsEndBeginsNoPassBesideThoseUnderWay()
    {
        var queue = new PictureQueue(1_000, 1, Read);
        _mayEnd.Reset();
        Assert.True(queue.TryAdd([Ask(), Ask()]));
        Assert.True(await _begun.WaitAsync(_patience));
        WaitingPicture[] waiting = [Ask(), Ask()];
        Assert.True(queue.TryAdd(waiting));
        var end = Task.Run(queue.Dispose);
        Assert.False(await _begun.WaitAsync(TimeSpan.FromMilliseconds(100)));

        _mayEnd.Set();
        await end.WaitAsync(_patience);
        Assert.All(waiting, picture => Assert.True(picture.Answer.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task CrowdsOnManyThreadsBeginNoMorePassesThanMayBe()
    {
        var (underWay, tooMany) = (0, 0);
        using var queue = new PictureQueue(1_000_000, 1, pictures =>
        {
            if (Interlocked.Increment(ref underWay) > 1)
            {
                Interlocked.Increment(ref tooMany);
            }

            Thread.SpinWait(200);
            Interlocked.Decrement(ref underWay);
            Answer(pictures);
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                WaitingPicture[] pictures = [Ask(), Ask()];
                Assert.True(queue.TryAdd(pictures));
                await pictures[1].Answer.WaitAsync(_patience);
            }
        })));
        Assert.Equal(0, tooMany);
    }

    private static void Answer(WaitingPicture[] pictures)
    {
        foreach (var picture in pictures)
        {
            picture.Complete(new Prediction(0, 1, [1], null, picture.Pixels));
            picture.End();
        }
    }

    private WaitingPicture Ask()
    {
        Assert.True(_model.TryHold());
        return new WaitingPicture(_model, new byte[784], default);
    }

    private void Read(WaitingPicture[] pictures)
    {
        _passes.Enqueue((pictures, Environment.CurrentManagedThreadId));
        _begun.Release();
        _mayEnd.Wait(_patience);
        Answer(pictures);
    }
}
