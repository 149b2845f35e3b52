using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Inference;

/// <summary>
/// Reads digits for any number of callers at once: see <see cref="PictureQueue"/> for how they share the work. The
/// active model can be exchanged at any time: requests that have come before are answered by the one that was active
/// then. Others answer those who name them.
/// </summary>
public sealed class DigitClassifier : IDisposable
{
    /// <summary>The name of the meter of its measurements.</summary>
    public const string MeterName = "DigitService";

    /// <summary>
    /// How many pictures are read in one pass at most. Twice as many are read no faster, and every thread that has read
    /// them keeps the memory of a pass.
    /// </summary>
    public const int LargestPass = 32;

    private static readonly byte[][] _warmUp =
        [new byte[DigitImages.Pixels], [.. Enumerable.Range(0, DigitImages.Pixels).Select(i => (byte)(i / DigitImages.Side % 2 * byte.MaxValue))]];

    private readonly ModelRegistry _registry;
    private readonly PictureQueue _queue;
    private readonly ModelCache _byRequest;
    private readonly ClassifierMetrics _metrics;
    private readonly Lock _activation = new();
    private SharedModel? _active;
    private bool _isDisposed;

    /// <param name="registry">Where models come from.</param>
    /// <param name="capacity">How many pictures may wait, 1 or more.</param>
    /// <param name="workers">How many passes may be under way at once, 1 or more; as many as there are cores where null.</param>
    /// <param name="models">How many models may be in memory besides the active one, 1 or more.</param>
    public DigitClassifier(ModelRegistry registry, int capacity = 1_024, int? workers = null, int models = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(models, 1);
        TorchRuntime.Configure();
        _registry = registry;
        _queue = new PictureQueue(capacity, workers ?? Environment.ProcessorCount, Read);
        _byRequest = new ModelCache(Load, models);
        _metrics = new ClassifierMetrics(this, () => _queue.Length);
    }

    /// <summary>The model that answers requests that name none; null before the first was activated.</summary>
    public string? ActiveId => Volatile.Read(ref _active)?.Id;

    /// <summary>What the registry said of the active model when it was loaded; null before the first was activated.</summary>
    public ModelInfo? ActiveInfo => Volatile.Read(ref _active)?.Model.Info;

    /// <summary>Loads a model of the registry, reads pictures with it to be warm, and lets it answer from now on.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed of.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used. The active one stays.</exception>
    /// <exception cref="PthFormatException">
    /// The weights are not those of its network, or so large that its answers are no numbers. The active one stays.
    /// </exception>
    public void Activate(string id)
    {
        lock (_activation)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var model = new SharedModel(Load(id));
            Interlocked.Exchange(ref _active, model)?.Release();
            _byRequest.Forget(id);
        }
    }

    /// <summary>Keeps a model no longer for those who name it, because it is deleted. Requests under way are answered.</summary>
    public void Forget(string id) => _byRequest.Forget(id);

    /// <summary>
    /// Keeps those models no longer, besides the active one, that the registry has lost since they were loaded, or of
    /// which it says something else now: who names them has them loaded anew.
    /// </summary>
    public void ForgetChanged() => _byRequest.ForgetWhere(IsChanged);

    /// <summary>Holds a model. One that is neither active nor in memory is loaded first, which delays nobody else.</summary>
    /// <param name="modelId">Which; the active one where null.</param>
    /// <param name="cancellation">Nobody waits for it any longer.</param>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="ClassifierUnavailableException">There is no model yet.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed of.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used.</exception>
    public async ValueTask<ModelLease> HoldAsync(string? modelId = null, CancellationToken cancellation = default) =>
        new(this, TryHoldActive(modelId) ?? await _byRequest.HoldAsync(modelId ?? throw NoModel(), cancellation));

    /// <summary>Answers to pixels that are laid out as MNIST's are.</summary>
    /// <param name="pixels">784 values, row by row, 0 for paper to 255 for ink.</param>
    /// <param name="modelId">Whose answer is wanted; the active model's where null.</param>
    /// <param name="cancellation">Nobody waits for the answer any longer.</param>
    /// <exception cref="ArgumentException">There are more or fewer pixels, or that is not an id.</exception>
    /// <exception cref="ClassifierUnavailableException">There is no model yet, or too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed of.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used.</exception>
    public async Task<Classification> ClassifyAsync(byte[] pixels, string? modelId = null, CancellationToken cancellation = default)
    {
        ForwardPass.RequirePixels(pixels);
        using var model = await HoldAsync(modelId, cancellation);
        return await model.ClassifyAsync(pixels, cancellation);
    }

    /// <summary>Answers what is waiting, and ends.</summary>
    public void Dispose()
    {
        lock (_activation)
        {
            _isDisposed = true;
            _queue.Dispose();
            _byRequest.Dispose();
            Interlocked.Exchange(ref _active, null)?.Release();
            _metrics.Dispose();
        }
    }

    /// <summary>Lets pictures wait for a model that the caller holds.</summary>
    internal WaitingPicture[] Ask(SharedModel model, IReadOnlyList<byte[]> pictures, CancellationToken cancellation)
    {
        var waiting = new WaitingPicture[pictures.Count];
        for (var i = 0; i < waiting.Length; i++)
        {
            _ = model.TryHold();
            waiting[i] = new WaitingPicture(model, pictures[i], cancellation);
        }

        var isAdded = false;
        try
        {
            isAdded = _queue.TryAdd(waiting);
        }
        finally
        {
            if (!isAdded)
            {
                Array.ForEach(waiting, picture => picture.End());
                _metrics.Count(waiting.Length, model.Id, "refused");
            }
        }

        return isAdded ? waiting : throw new ClassifierUnavailableException("Too many requests are waiting. Try again in a moment.");
    }

    private bool IsChanged(ModelInfo loaded)
    {
        try
        {
            return _registry.Get(loaded.Id) != loaded;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Deleted or damaged, which is for the next who names it to hear.
            return true;
        }
    }

    private LoadedModel Load(string id)
    {
        var model = _registry.Load(id);
        try
        {
            // Finite weights may be so large that sums of them are not: on paper, on ink or on both.
            foreach (var picture in _warmUp)
            {
                if (!ForwardPass.Read(model, [picture])[0].Probabilities.All(float.IsFinite))
                {
                    throw new PthFormatException(
                        $"The model {id} cannot be used: with its weights the network's answers are no finite numbers.");
                }
            }

            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private ClassifierUnavailableException NoModel()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return new ClassifierUnavailableException("There is no model yet. Train one, or activate one of those that there are.");
    }

    private SharedModel? TryHoldActive(string? id)
    {
        // Between reading the field and holding the model, another may have taken its place.
        while (Volatile.Read(ref _active) is { } model && (id is null || model.Id == id))
        {
            if (model.TryHold())
            {
                return model;
            }
        }

        return null;
    }

    private void Read(WaitingPicture[] pictures)
    {
        foreach (var ofModel in pictures.GroupBy(picture => picture.Model))
        {
            Read(ofModel.Key.Model, [.. ofModel]);
        }
    }

    private void Read(LoadedModel model, WaitingPicture[] pictures)
    {
        var wanted = Array.FindAll(pictures, picture => !picture.IsCancelled);
        _metrics.Count(pictures.Length - wanted.Length, model.Info.Id, "cancelled");
        try
        {
            if (wanted.Length > 0)
            {
                var predictions = ForwardPass.Read(model, Array.ConvertAll(wanted, picture => picture.Pixels));
                _metrics.CountAnswered(wanted, model.Info.Id);
                foreach (var (picture, prediction) in wanted.Zip(predictions))
                {
                    picture.Complete(prediction);
                }
            }
        }
        catch (Exception error)
        {
            _metrics.Count(wanted.Length, model.Info.Id, "failed");
            Array.ForEach(wanted, picture => picture.Fail(error));
        }
        finally
        {
            Array.ForEach(pictures, picture => picture.End());
        }
    }
}
