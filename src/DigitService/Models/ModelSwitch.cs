using System.Runtime.InteropServices;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;

namespace DigitService.Models;

/// <summary>
/// Decides which model answers. A model is loaded and has read a picture before it takes the place of another, and only
/// then <c>active.json</c> names it; one change at a time, so that both end with the same model.
/// </summary>
internal sealed partial class ModelSwitch(ModelRegistry registry, DigitClassifier classifier, ILogger<ModelSwitch> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private string? _fault;

    /// <summary>Why no model answers, and what to do about it, while <see cref="DigitClassifier.ActiveId"/> is null.</summary>
    internal string Problem { get; private set; } = "The first model is being loaded. Ask again in a moment.";

    /// <summary>Makes a model the one that answers, now and at the next start.</summary>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="EntryConflictException">The model cannot be used. The active one stays.</exception>
    /// <exception cref="DamagedEntryException">The model cannot be used. The active one stays.</exception>
    /// <exception cref="PthFormatException">The model cannot be used. The active one stays.</exception>
    /// <exception cref="BadHttpRequestException"><c>active.json</c> could not be written. The active one stays.</exception>
    internal Task ActivateAsync(string id, CancellationToken cancellation) => InTurnAsync(() => Activate(id), cancellation);

    /// <summary>Makes the model that answered before the active one answer again, now and at the next start.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="EntryConflictException">There is none, or it cannot be used. The active one stays.</exception>
    /// <exception cref="DamagedEntryException">It cannot be used, or <c>active.json</c> is nonsense. The active one stays.</exception>
    /// <exception cref="BadHttpRequestException"><c>active.json</c> could not be written. The active one stays.</exception>
    internal async Task<string> RollBackAsync(CancellationToken cancellation)
    {
        var id = "";
        await InTurnAsync(() => Answer(id = PreviousId(), registry.RollBack), cancellation);
        return id;
    }

    /// <summary>Removes a model. Requests that it is to answer already get their answers.</summary>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="EntryConflictException">It is the active one.</exception>
    internal Task DeleteAsync(string id, CancellationToken cancellation) => InTurnAsync(() => Delete(id), cancellation);

    /// <summary>Lets the model answer that <c>active.json</c> names; where it names none, the newest that can be used.</summary>
    internal Task StartAsync(CancellationToken cancellation) => InTurnAsync(Start, cancellation);

    /// <summary>
    /// Follows other programs, such as <c>digits activate</c> and <c>digits calibrate</c>: lets the model answer that
    /// <c>active.json</c> names, and as <c>model.json</c> says. What fails is tried again by the next call.
    /// </summary>
    internal Task FollowAsync(CancellationToken cancellation) => InTurnAsync(Follow, cancellation);

    public void Dispose() => _turn.Dispose();

    private async Task InTurnAsync(Action change, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            change();
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Activate(string id) => Answer(id, registry.Activate);

    private string PreviousId() => registry.GetPreviousId() ?? throw new EntryConflictException(
        "There is no model to go back to: none that is still here was active before this one.");

    private void Answer(string id, Action<string> write)
    {
        var before = classifier.ActiveId;
        Load(id);
        try
        {
            write(id);
        }
        catch (Exception error) when (error is EntryConflictException || DiskFault.Is(error))
        {
            LogNotWritten(id, error);
            var status = error is EntryConflictException ? StatusCodes.Status409Conflict : StatusCodes.Status500InternalServerError;
            throw new BadHttpRequestException($"{DiskFault.Sentence(error, registry)} {GoBack(id, before)}", status, error);
        }
        catch (IOException error)
        {
            // Deleted or changed by another program since it was loaded.
            LogNotWritten(id, error);
            GoBack(id, before);
            throw;
        }

        LogActive(id);
    }

    private string GoBack(string id, string? before)
    {
        if (before is null)
        {
            return $"There is no other model to go back to: {id} answers until the service ends.";
        }

        try
        {
            Load(before);
            return $"The model {before} answers as before.";
        }
        catch (IOException error)
        {
            return $"{error.Message} So {id} answers until the service ends.";
        }
    }

    private void Delete(string id)
    {
        if (classifier.ActiveId == id)
        {
            throw new EntryConflictException($"The model {id} is the active one and cannot be deleted. Activate another one first.");
        }

        try
        {
            registry.Delete(id);
        }
        catch (Exception error) when (DiskFault.Is(error))
        {
            LogNotDeleted(id, error);
            throw DiskFault.Of(error, registry);
        }

        classifier.Forget(id);
        LogDeleted(id);
    }

    private void Start()
    {
        try
        {
            if (registry.GetActiveId() is { } id)
            {
                Load(id);
                LogActive(id);
            }
            else
            {
                StartWithNewest();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Problem = $"The active model cannot be used. {DiskFault.Sentence(error, registry)} Activate another one with POST /models/{{id}}/activate; GET /models lists them.";
            _fault = error.Message;
            LogUnusable(error);
        }
    }

    private void StartWithNewest()
    {
        var usable = registry.List().Where(entry => entry.Error is null).Select(entry => entry.Id);
        if (usable.FirstOrDefault(TryActivate) is null)
        {
            Problem = "There is no model that can be used. Train one with POST /train, or import one with POST /models.";
            LogNone(registry.Folder);
        }
    }

    private bool TryActivate(string id)
    {
        try
        {
            Activate(id);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogSkipped(id, error);
        }

        // It answers too where active.json cannot be written.
        return classifier.ActiveId == id;
    }

    private void Follow()
    {
        try
        {
            // What was written here is followed already. Without active.json the one that answers goes on.
            if ((registry.GetActiveId() ?? classifier.ActiveId) is { } id && registry.Get(id) != classifier.ActiveInfo)
            {
                Load(id);
                LogFollowed(id);
            }

            classifier.ForgetChanged();
            _fault = null;
        }
        catch (Exception error)
        {
            // Whatever another program has written there, it does not end a service that answers, and is said once.
            if (_fault != error.Message)
            {
                LogNotFollowed(classifier.ActiveId, error);
            }

            _fault = error.Message;
        }
    }

    private void Load(string id)
    {
        try
        {
            classifier.Activate(id);
        }
        catch (Exception error) when (error is ExternalException || DiskFault.Is(error))
        {
            // What libtorch and the operating system say of a model is a reason not to use it, like the registry's own.
            throw new EntryConflictException($"The model {id} cannot be used: {DiskFault.Sentence(error, registry)}", error);
        }
    }

    [LoggerMessage(LogLevel.Information, "The model {Id} answers")]
    private partial void LogActive(string id);

    [LoggerMessage(LogLevel.Information, "The model {Id} answers, as its registry says now")]
    private partial void LogFollowed(string id);

    [LoggerMessage(LogLevel.Information, "The model {Id} is deleted")]
    private partial void LogDeleted(string id);

    [LoggerMessage(LogLevel.Warning, "There is no model in {Folder} that can be used: train one with POST /train or script/train, or import one with POST /models")]
    private partial void LogNone(string folder);

    [LoggerMessage(LogLevel.Warning, "The model {Id} is not made the active one")]
    private partial void LogSkipped(string id, Exception error);

    [LoggerMessage(LogLevel.Error, "The active model cannot be used, and nothing is read until another is activated")]
    private partial void LogUnusable(Exception error);

    [LoggerMessage(LogLevel.Error, "active.json could not be written to name {Id}")]
    private partial void LogNotWritten(string id, Exception error);

    [LoggerMessage(LogLevel.Error, "The model {Id} could not be deleted")]
    private partial void LogNotDeleted(string id, Exception error);

    [LoggerMessage(LogLevel.Error, "What the registry says now cannot be followed; {Id} goes on answering")]
    private partial void LogNotFollowed(string? id, Exception error);
}
