using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using DigitService.Recognition.Data.Synthesis;

namespace DigitService.Recognition.Data;

/// <summary>
/// Prepares the batches of an epoch, augmented where that is wanted, ahead of training on a thread of its own. What a
/// batch holds does not depend on how far ahead it was prepared. One thread at a time may call it.
/// </summary>
internal sealed class BatchLoader : IDisposable
{
    private readonly DigitImages _source;
    private readonly IReadOnlyList<ReadOnlyMemory<int>> _batches;
    private readonly int _epoch;
    private readonly Augmenter? _augmenter;
    private readonly Extras? _extras;
    private readonly BlockingCollection<DigitImages> _prepared;
    private readonly CancellationTokenSource _disposal = new();
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    /// <param name="source">The images that the batches are taken from.</param>
    /// <param name="batches">The numbers of the images of every batch to come.</param>
    /// <param name="epoch">The epoch, which augmentation depends on.</param>
    /// <param name="augmenter">Changes the images; null where they stay as they are.</param>
    /// <param name="extras">Makes the pictures that join every batch; null where none do.</param>
    /// <param name="ahead">How many batches may wait to be taken, at least 1.</param>
    internal BatchLoader(
        DigitImages source,
        IReadOnlyList<ReadOnlyMemory<int>> batches,
        int epoch,
        Augmenter? augmenter,
        Extras? extras = null,
        int ahead = 8)
    {
        _source = source;
        _batches = batches;
        _epoch = epoch;
        _augmenter = augmenter;
        _extras = extras;
        _prepared = new BlockingCollection<DigitImages>(ahead);
        _thread = new Thread(PrepareAll)
        {
            IsBackground = true,
            Name = "batch loader",
            Priority = Thread.CurrentThread.Priority,
        };
        _thread.Start();
    }

    /// <summary>The next batch: its images in their order, with numbers from 0.</summary>
    /// <exception cref="InvalidOperationException">All have been taken.</exception>
    internal DigitImages Next()
    {
        if (_prepared.TryTake(out var batch, Timeout.Infinite))
        {
            return batch;
        }

        _failure?.Throw();
        throw new InvalidOperationException("Every batch has been taken.");
    }

    /// <summary>Ends the thread, whether or not all batches were taken.</summary>
    public void Dispose()
    {
        _disposal.Cancel();
        _thread.Join();
        _disposal.Dispose();
        _prepared.Dispose();
    }

    private void PrepareAll()
    {
        try
        {
            foreach (var batch in _batches)
            {
                _prepared.Add(Prepare(batch.Span), _disposal.Token);
            }
        }
        catch (Exception error)
        {
            // After disposal nobody asks for it.
            _failure = ExceptionDispatchInfo.Capture(error);
        }

        _prepared.CompleteAdding();
    }

    private DigitImages Prepare(ReadOnlySpan<int> batch)
    {
        var count = batch.Length + (_extras?.Count(batch.Length) ?? 0);
        var pixels = GC.AllocateUninitializedArray<byte>(count * DigitImages.Pixels);
        var labels = new byte[count];
        Span<byte> extra = stackalloc byte[DigitImages.Pixels];
        for (var i = 0; i < count; i++)
        {
            var target = pixels.AsSpan(i * DigitImages.Pixels, DigitImages.Pixels);
            if (i < batch.Length)
            {
                Change(_source.Image(batch[i]), target, batch[i], isOwn: true);
                labels[i] = (byte)_source.Label(batch[i]);
            }
            else
            {
                var number = i - batch.Length;
                labels[i] = _extras!.Make(batch, number, _epoch, extra);
                Change(extra, target, Extras.Stream(batch, number), isOwn: false);
            }
        }

        return new DigitImages(pixels, labels);
    }

    private void Change(ReadOnlySpan<byte> source, Span<byte> target, int number, bool isOwn)
    {
        if (_augmenter is null)
        {
            source.CopyTo(target);
        }
        else
        {
            _augmenter.Augment(source, target, _epoch, number, isOwn);
        }
    }
}
