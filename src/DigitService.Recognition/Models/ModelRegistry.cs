using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary>
/// The models that can answer, a folder each: <c>model.pth</c>, which PyTorch loads too, <c>model.json</c> and
/// <c>evaluation.json</c>. <c>active.json</c> beside them names the one that answers. A model is there whole or not at
/// all, whenever a process ends. Any number of threads and processes may use one folder: reading needs no lock, changes
/// wait for one another.
/// </summary>
public sealed class ModelRegistry
{
    private readonly TimeProvider _time;

    /// <summary>Opens a registry, and removes what processes left that were killed. The folder is made with the first model.</summary>
    /// <param name="folder">The folder of the models' folders.</param>
    /// <param name="time">The clock for ids and dates; the system's where null.</param>
    public ModelRegistry(string folder, TimeProvider? time = null)
    {
        Folder = Path.GetFullPath(folder);
        _time = time ?? TimeProvider.System;
        TemporaryEntry.TryDeleteAllIn(Folder, LockPath);
    }

    public string Folder { get; }

    /// <summary>What messages call the folder: for callers who are not to know its path, a name.</summary>
    public string ShownAs { get; init; } = "models";

    /// <summary>How long a change waits for another process's before it gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    private string LockPath => Path.Combine(Folder, ".lock");

    private string ActivePath => Path.Combine(Folder, "active.json");

    /// <summary>All models, the newest first, and after them those that are damaged, with the reason.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public IReadOnlyList<ModelEntry> List() => ModelListing.Of(Folder, ShownAs, TryReadActive()?.Id);

    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used.</exception>
    public ModelInfo Get(string id) => Read(id, folder => folder.ReadInfo());

    /// <summary>The id of the model that answers, or null if none was activated.</summary>
    /// <exception cref="DamagedEntryException"><c>active.json</c> is nonsense.</exception>
    public string? GetActiveId() => ReadActive()?.Id is { } id && IsThere(id) ? id : null;

    /// <summary>The id of the model that answered before the active one and is still there, or null if none is.</summary>
    /// <exception cref="DamagedEntryException"><c>active.json</c> is nonsense.</exception>
    public string? GetPreviousId() => ReadActive()?.StepBack(IsThere)?.Id;

    /// <summary>Loads a model's weights into a network.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used.</exception>
    /// <exception cref="PthFormatException">The weights are not those of the network that it says it is.</exception>
    public LoadedModel Load(string id) => Read(id, folder =>
    {
        var info = folder.ReadInfo();
        using var weights = folder.OpenUntouchedWeights(info);
        return LoadedModel.Load(info, Checkpoint.Read(weights, folder.Shown(folder.WeightsPath)));
    });

    /// <summary>The weights as PyTorch loads them, for a download. The stream stays whole if the model is deleted meanwhile.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used.</exception>
    public Stream OpenWeights(string id) => Read(id, folder => folder.OpenUntouchedWeights(folder.ReadInfo()));

    /// <summary>The evaluation report as JSON in UTF-8, or null if the model was registered without.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The report is not JSON.</exception>
    public byte[]? ReadEvaluation(string id) => Read(id, folder => folder.ReadEvaluation());

    /// <summary>Adds a model. Until this returns it is not there, and whatever fails, it never is.</summary>
    /// <param name="info">What there is to know of it. Id, date, SHA-256 and size are filled in here.</param>
    /// <param name="writeWeights">Writes <c>model.pth</c>: a state dictionary, or a checkpoint with one.</param>
    /// <param name="evaluation">The evaluation report as JSON in UTF-8, if there is one.</param>
    /// <returns>The model as it is registered.</returns>
    /// <exception cref="ArgumentException">A value of <paramref name="info"/> is out of its range.</exception>
    /// <exception cref="EntryConflictException">Another process is changing the registry, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public ModelInfo Register(ModelInfo info, Action<Stream> writeWeights, ReadOnlyMemory<byte>? evaluation = null)
    {
        info.Require("registered");

        return Change("register the model", () =>
        {
            var now = _time.GetUtcNow();
            var id = EntryId.New(now, info.Network, taken => Path.Exists(PathOf(taken)));
            var temporary = TemporaryEntry.NewPath(Folder);
            try
            {
                var complete = info with { Id = id, CreatedAt = now };
                complete = new ModelFolder(temporary, ShownAs).Write(complete, writeWeights, evaluation);
                Directory.Move(temporary, PathOf(id));
                DurableFolder.Flush(Folder);
                return complete;
            }
            catch
            {
                TemporaryEntry.TryDelete(temporary);
                throw;
            }
        });
    }

    /// <summary>Makes a model the one that answers.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used. The active one stays.</exception>
    /// <exception cref="EntryConflictException">Another process is changing the registry, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Activate(string id)
    {
        OpenWeights(id).Dispose();
        Change($"activate {id}", () =>
        {
            OpenWeights(id).Dispose();
            ActiveModel.After(TryReadActive(), id).Write(ActivePath);
            return id;
        });
    }

    /// <summary>
    /// Makes the model that answered before the active one the one that answers again. That is one step back: the one
    /// before it is the next to go back to.
    /// </summary>
    /// <param name="id">That model, as <see cref="GetPreviousId"/> tells it.</param>
    /// <exception cref="EntryConflictException">
    /// It is not that model, or no longer, or another process is changing the registry, for longer than <see cref="Patience"/>.
    /// </exception>
    /// <exception cref="DamagedEntryException">The model cannot be used, or <c>active.json</c> is nonsense. The active one stays.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void RollBack(string id) => Change($"go back to {id}", () =>
    {
        if (ReadActive()?.StepBack(IsThere) is not { } previous || previous.Id != id)
        {
            throw new EntryConflictException($"The model {id} is not the one that answered before the active one; nothing was changed.");
        }

        OpenWeights(id).Dispose();
        previous.Write(ActivePath);
        return id;
    });

    /// <summary>Removes a model, a damaged one too.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="EntryConflictException">
    /// It is the active one, or another process is changing the registry, for longer than <see cref="Patience"/>.
    /// </exception>
    /// <exception cref="DamagedEntryException"><c>active.json</c> is nonsense, so that any model might be the active one.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Delete(string id)
    {
        Require(id);
        Change($"delete {id}", () =>
        {
            Require(id);
            if (ReadActive()?.Id == id)
            {
                throw new EntryConflictException($"The model {id} is the active one and cannot be deleted. Activate another one first.");
            }

            var temporary = TemporaryEntry.NewPath(Folder);
            Directory.Move(PathOf(id), temporary);
            TemporaryEntry.TryDelete(temporary);
            DurableFolder.Flush(Folder);
            return id;
        });
    }

    /// <summary>Says something else of a model than before, such as what was measured anew. Its weights stay as they are.</summary>
    /// <param name="info">What there is to know of it now, with the id of the model.</param>
    /// <param name="evaluation">The evaluation report as JSON in UTF-8.</param>
    /// <exception cref="ArgumentException">A value is out of its range, or that is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="EntryConflictException">
    /// It is another model that has the id, or another process is changing the registry, for longer than <see cref="Patience"/>.
    /// </exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Update(ModelInfo info, ReadOnlyMemory<byte> evaluation)
    {
        info.Require("changed");
        Change($"change {info.Id}", () => Read(info.Id, folder =>
        {
            if (folder.ReadInfo().Sha256 != info.Sha256)
            {
                throw new EntryConflictException($"The model {info.Id} has other weights now; nothing was changed.");
            }

            folder.Write(info, evaluation);
            return info;
        }));
    }

    private string PathOf(string id) => Path.Combine(Folder, id);

    private bool IsThere(string id) => Directory.Exists(PathOf(id));

    private void Require(string id)
    {
        EntryId.Require(id);
        if (!Directory.Exists(PathOf(id)))
        {
            throw Missing(id);
        }
    }

    private T Read<T>(string id, Func<ModelFolder, T> read)
    {
        Require(id);
        try
        {
            return read(FolderOf(id));
        }
        catch (IOException) when (!Directory.Exists(PathOf(id)))
        {
            // Deleted by somebody else in the middle of reading.
            throw Missing(id);
        }
    }

    private ModelFolder FolderOf(string id) => new(PathOf(id), ShownAs);

    private EntryNotFoundException Missing(string id) => new($"There is no model {id} in {ShownAs}.");

    private ActiveModel? ReadActive() => ActiveModel.Read(ActivePath, $"{ShownAs}/active.json");

    private ActiveModel? TryReadActive()
    {
        try
        {
            return ReadActive();
        }
        catch (DamagedEntryException)
        {
            return null;
        }
    }

    private T Change<T>(string what, Func<T> change) =>
        LockedFolder.Change(Folder, ShownAs, LockPath, Patience, what, change);
}
