using System.Threading.Channels;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Inference;

/// <summary>
/// Reads digits for any number of callers at once. Requests wait in a bounded queue; each worker takes those that are
/// waiting and reads them in one pass, so that a lone request is not delayed and a crowd shares the work. The active
/// model can be exchanged at any time: requests that have come before are answered by the one that was active then.
/// </summary>
public sealed class DigitClassifier : IDisposable
{
    private const int LargestBatch = 64;
    private const int ModelsByRequest = 4;

    private readonly ModelRegistry _registry;
    private readonly Channel<Request> _queue;
    private readonly Thread[] _workers;
    private readonly Lock _loading = new();
    private readonly List<SharedModel> _byRequest = [];
    private SharedModel? _active;

    /// <param name="registry">Where models come from.</param>
    /// <param name="capacity">How many requests may wait, 1 or more.</param>
    /// <param name="workers">How many threads answer, 1 or more; as many as there are cores where null.</param>
    public DigitClassifier(ModelRegistry registry, int capacity = 1_024, int? workers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers ?? 1, 1);
        TorchRuntime.Configure();
        _registry = registry;
        _queue = Channel.CreateBounded<Request>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });
        _workers = [.. Enumerable.Range(1, workers ?? Environment.ProcessorCount).Select(Start)];
    }

    /// <summary>The model that answers requests that name none; null before the first was activated.</summary>
    public string? ActiveId => Volatile.Read(ref _active)?.Model.Info.Id;

    /// <summary>Loads a model of the registry, reads one picture with it to be warm, and lets it answer from now on.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="Persistence.EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="Persistence.DamagedEntryException">The model cannot be used. The active one stays.</exception>
    public void Activate(string id)
    {
        lock (_loading)
        {
            var model = new SharedModel(_registry.Load(id));
            try
            {
                _ = ForwardPass.Read(model.Model, [new byte[DigitImages.Pixels]]);
            }
            catch
            {
                model.Release();
                throw;
            }

            Interlocked.Exchange(ref _active, model)?.Release();
        }
    }

    /// <summary>How pictures become pixels for a model, as it was trained: <c>mnist</c> or <c>plain</c>.</summary>
    /// <param name="modelId">Which model; the active one where null.</param>
    /// <exception cref="ClassifierUnavailableException">There is no model yet.</exception>
    /// <exception cref="Persistence.EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="Persistence.DamagedEntryException">The model cannot be used.</exception>
    public string PreprocessOf(string? modelId = null)
    {
        var model = modelId is null ? HoldActive() : Hold(modelId);
        try
        {
            return model.Model.Info.Preprocess;
        }
        finally
        {
            model.Release();
        }
    }

    /// <summary>Answers to pixels that are laid out as MNIST's are.</summary>
    /// <param name="pixels">784 values, row by row, 0 for paper to 255 for ink.</param>
    /// <param name="modelId">Whose answer is wanted; the active model's where null.</param>
    /// <param name="cancellation">Nobody waits for the answer any longer.</param>
    /// <exception cref="ArgumentException">There are more or fewer pixels, or that is not an id.</exception>
    /// <exception cref="ClassifierUnavailableException">There is no model yet, or the queue is full.</exception>
    /// <exception cref="Persistence.EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="Persistence.DamagedEntryException">The model cannot be used.</exception>
    public Task<Classification> ClassifyAsync(byte[] pixels, string? modelId = null, CancellationToken cancellation = default)
    {
        ForwardPass.RequirePixels(pixels);
        var request = new Request(modelId is null ? HoldActive() : Hold(modelId), pixels, cancellation);
        if (_queue.Writer.TryWrite(request))
        {
            return request.Answer;
        }

        request.Model.Release();
        throw new ClassifierUnavailableException("Too many requests are waiting. Try again in a moment.");
    }

    /// <summary>Answers what is waiting, and ends.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        foreach (var worker in _workers)
        {
            worker.Join();
        }

        lock (_loading)
        {
            Interlocked.Exchange(ref _active, null)?.Release();
            _byRequest.ForEach(model => model.Release());
            _byRequest.Clear();
        }
    }

    private SharedModel HoldActive()
    {
        // Between reading the field and holding the model, another may have taken its place.
        while (Volatile.Read(ref _active) is { } model)
        {
            if (model.TryHold())
            {
                return model;
            }
        }

        throw new ClassifierUnavailableException("There is no model yet. Train one, or activate one of those that there are.");
    }

    private SharedModel Hold(string id)
    {
        lock (_loading)
        {
            var model = _active?.Model.Info.Id == id ? _active : _byRequest.Find(other => other.Model.Info.Id == id);
            if (model is null)
            {
                model = new SharedModel(_registry.Load(id));
                _byRequest.Add(model);
                if (_byRequest.Count > ModelsByRequest)
                {
                    _byRequest[0].Release();
                    _byRequest.RemoveAt(0);
                }
            }

            // The lock keeps its owner from letting go of it meanwhile.
            _ = model.TryHold();
            return model;
        }
    }

    private Thread Start(int number)
    {
        var thread = new Thread(Work) { IsBackground = true, Name = $"classifier {number}" };
        thread.Start();
        return thread;
    }

    private void Work()
    {
        var batch = new List<Request>(LargestBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var request))
            {
                batch.Add(request);
            }

            foreach (var requests in batch.GroupBy(request => request.Model))
            {
                Answer(requests.Key.Model, [.. requests]);
            }

            batch.Clear();
        }
    }

    private static void Answer(LoadedModel model, Request[] requests)
    {
        try
        {
            var wanted = Array.FindAll(requests, request => !request.IsCancelled);
            var predictions = wanted.Length == 0 ? [] : ForwardPass.Read(model, Array.ConvertAll(wanted, request => request.Pixels));
            foreach (var (request, prediction) in wanted.Zip(predictions))
            {
                request.Complete(new Classification(prediction, model.Info.Id));
            }
        }
        catch (Exception error)
        {
            Array.ForEach(requests, request => request.Fail(error));
        }
        finally
        {
            Array.ForEach(requests, request => request.End());
        }
    }

    private sealed class Request(SharedModel model, byte[] pixels, CancellationToken cancellation)
    {
        // The worker that completes it goes on with other work: whoever waits continues on a thread of its own.
        private readonly TaskCompletionSource<Classification> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal SharedModel Model => model;

        internal byte[] Pixels => pixels;

        internal Task<Classification> Answer => _answer.Task;

        internal bool IsCancelled => cancellation.IsCancellationRequested;

        internal void Complete(Classification classification) => _answer.TrySetResult(classification);

        internal void Fail(Exception error) => _answer.TrySetException(error);

        /// <summary>Lets go of the model. A request that was neither answered nor failed was cancelled.</summary>
        internal void End()
        {
            _answer.TrySetCanceled(cancellation);
            model.Release();
        }
    }
}
