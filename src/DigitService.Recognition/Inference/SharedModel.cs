using DigitService.Recognition.Imaging;
using DigitService.Recognition.Models;

namespace DigitService.Recognition.Inference;

/// <summary>
/// A loaded model that requests hold while they need it. Its owner holds it too, until another takes its place: whoever
/// lets go last frees it.
/// </summary>
internal sealed class SharedModel
{
    private readonly Action? _freed;
    private int _holders = 1;

    /// <param name="model">The model, which is disposed of when nobody holds it any longer.</param>
    /// <param name="freed">What is to be done then.</param>
    internal SharedModel(LoadedModel model, Action? freed = null)
    {
        Model = model;
        Preprocess = Enum.Parse<PreprocessMode>(model.Info.Preprocess, ignoreCase: true);
        _freed = freed;
    }

    /// <summary>The model, for those who hold it.</summary>
    internal LoadedModel Model { get; }

    internal string Id => Model.Info.Id;

    /// <summary>How pictures become pixels for it, as it was trained.</summary>
    internal PreprocessMode Preprocess { get; }

    internal bool IsFreed => Volatile.Read(ref _holders) == 0;

    /// <summary>Holds the model once more, unless it is freed already.</summary>
    internal bool TryHold()
    {
        var holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            var before = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (before == holders)
            {
                return true;
            }

            holders = before;
        }

        return false;
    }

    /// <summary>Lets go of the model.</summary>
    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Model.Dispose();
            _freed?.Invoke();
        }
    }
}
