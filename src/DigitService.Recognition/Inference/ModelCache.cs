using DigitService.Recognition.Models;

namespace DigitService.Recognition.Inference;

/// <summary>
/// The models that requests ask for by id. Whoever asks first has one loaded, who asks meanwhile waits for the same
/// load, and those who ask for one that is here wait for nobody. Loads go one at a time, and each waits until there is
/// room: what was asked for least recently goes, and counts until its last request is answered. So there are never more
/// models in memory than <c>capacity</c>, whatever is asked for.
/// </summary>
internal sealed class ModelCache(Func<string, LoadedModel> load, int capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _room = new(capacity);

    // In the order in which they were asked for last. There are a handful: searching is faster than hashing.
    private readonly List<Entry> _entries = [];
    private bool _disposed;

    /// <summary>Holds a model, which the caller releases.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="ObjectDisposedException">No more models are given out.</exception>
    /// <exception cref="Persistence.EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="Persistence.DamagedEntryException">The model cannot be used.</exception>
    internal async ValueTask<SharedModel> HoldAsync(string id, CancellationToken cancellation)
    {
        while (true)
        {
            var model = await Find(id).WaitAsync(cancellation);
            if (model.TryHold())
            {
                return model;
            }

            // It has had to go, or was deleted, before this request came to hold it.
        }
    }

    /// <summary>Gives out the model no longer: it is deleted, or is kept elsewhere. Requests that hold it go on.</summary>
    internal void Forget(string id)
    {
        Entry? forgotten;
        lock (_gate)
        {
            forgotten = _entries.Find(entry => entry.Id == id);
            _ = forgotten is not null && _entries.Remove(forgotten);
        }

        forgotten?.Model?.Release();
    }

    /// <summary>Forgets the models of which that is so.</summary>
    internal void ForgetWhere(Func<ModelInfo, bool> isGone)
    {
        ModelInfo[] loaded;
        lock (_gate)
        {
            loaded = [.. _entries.Select(entry => entry.Model?.Model.Info).OfType<ModelInfo>()];
        }

        // It may take its time, in which requests are not to wait.
        foreach (var info in loaded.Where(isGone))
        {
            Forget(info.Id);
        }
    }

    /// <summary>Lets go of all models, after the load that is under way.</summary>
    public void Dispose()
    {
        SharedModel?[] models;
        lock (_gate)
        {
            _disposed = true;
            models = [.. _entries.Select(entry => entry.Model)];
            _entries.Clear();
        }

        Array.ForEach(models, model => model?.Release());
        _turn.Wait();
        _turn.Release();
    }

    private Task<SharedModel> Find(string id)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(DigitClassifier));
            var entry = _entries.Find(entry => entry.Id == id);
            if (entry is null)
            {
                entry = new Entry(id);
                entry.Loading = LoadAsync(entry);
            }
            else
            {
                _entries.Remove(entry);
            }

            _entries.Add(entry);
            return entry.Loading;
        }
    }

    private async Task<SharedModel> LoadAsync(Entry entry)
    {
        await _turn.WaitAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            MakeRoom();
            await _room.WaitAsync();
            return Keep(entry, LoadIntoRoom(entry.Id));
        }
        catch
        {
            lock (_gate)
            {
                _entries.Remove(entry);
            }

            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void MakeRoom()
    {
        SharedModel? oldest = null;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(DigitClassifier));
            var loaded = _entries.FindAll(entry => entry.Model is not null);
            if (loaded.Count >= capacity)
            {
                oldest = loaded[0].Model;
                _entries.Remove(loaded[0]);
            }
        }

        oldest?.Release();
    }

    private SharedModel LoadIntoRoom(string id)
    {
        try
        {
            return new SharedModel(load(id), freed: () => _room.Release());
        }
        catch
        {
            _room.Release();
            throw;
        }
    }

    private SharedModel Keep(Entry entry, SharedModel model)
    {
        lock (_gate)
        {
            if (_entries.Contains(entry))
            {
                entry.Model = model;
                return model;
            }
        }

        // Forgotten while it was loaded. Those who wait for it find it freed, and ask anew whether there is such a model.
        model.Release();
        return model;
    }

    private sealed class Entry(string id)
    {
        internal string Id => id;

        internal Task<SharedModel> Loading { get; set; } = null!;

        /// <summary>Null until it is loaded.</summary>
        internal SharedModel? Model { get; set; }
    }
}
