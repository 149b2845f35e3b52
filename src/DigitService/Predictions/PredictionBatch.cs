using DigitService.Recognition.Inference;
using DigitService.Recognition.Persistence;

namespace DigitService.Predictions;

/// <summary>
/// The answers to the pictures of a form, in its order. Pictures are collected until they fill a pass, and while the
/// network reads one pass the next is received: no more than two are in memory.
/// </summary>
/// <param name="classifier">Who answers.</param>
/// <param name="modelId">Which model answers all of them, whatever is activated meanwhile.</param>
/// <param name="passSize">How many pictures share a pass.</param>
/// <param name="withInput">Whether what the network saw is part of the answer.</param>
internal sealed class PredictionBatch(DigitClassifier classifier, string modelId, int passSize, bool withInput)
{
    private readonly List<BatchEntry> _entries = [];
    private List<(int Index, byte[] Pixels)> _collected = [];
    private List<(int Index, byte[] Pixels)> _asked = [];
    private Task<Classification[]> _answers = Task.FromResult<Classification[]>([]);

    internal int Count => _entries.Count;

    /// <summary>Adds a picture that cannot be read.</summary>
    internal void Add(string? name, string error, int status) => _entries.Add(new BatchEntry(name) { Error = error, Status = status });

    /// <summary>Adds a picture.</summary>
    internal async Task AddAsync(string? name, byte[] pixels, CancellationToken cancellation)
    {
        _collected.Add((_entries.Count, pixels));
        _entries.Add(new BatchEntry(name));
        if (_collected.Count == passSize)
        {
            await AskAsync(cancellation);
        }
    }

    /// <summary>All answers, once the last is there.</summary>
    internal async Task<IReadOnlyList<BatchEntry>> EndAsync(CancellationToken cancellation)
    {
        await AskAsync(cancellation);
        await TakeAnswersAsync();
        return _entries;
    }

    private async Task AskAsync(CancellationToken cancellation)
    {
        await TakeAnswersAsync();
        (_asked, _collected) = (_collected, []);
        if (_asked.Count > 0)
        {
            try
            {
                using var model = await classifier.HoldAsync(modelId, cancellation);
                _answers = model.ClassifyAllAsync(_asked.ConvertAll(picture => picture.Pixels), cancellation);
            }
            catch (ClassifierUnavailableException error)
            {
                Refuse(error.Message, StatusCodes.Status503ServiceUnavailable);
            }
            catch (EntryNotFoundException error)
            {
                // It was deleted while pictures came. Those before have their answers.
                Refuse(error.Message, StatusCodes.Status404NotFound);
            }
        }
    }

    private async Task TakeAnswersAsync()
    {
        var answers = await _answers;
        foreach (var ((index, _), answer) in _asked.Zip(answers))
        {
            _entries[index] = _entries[index].With(answer, withInput);
        }

        (_asked, _answers) = ([], Task.FromResult<Classification[]>([]));
    }

    private void Refuse(string reason, int status)
    {
        foreach (var (index, _) in _asked)
        {
            _entries[index] = _entries[index] with { Error = reason, Status = status };
        }

        _asked = [];
    }
}
