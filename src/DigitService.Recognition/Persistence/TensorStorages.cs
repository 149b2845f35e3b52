namespace DigitService.Recognition.Persistence;

/// <summary>
/// Turns what a pickle says about tensors into tensors. A tensor is a window into a storage: an
/// offset, a size and a stride for each dimension, none of which are trusted. Tensors that share a
/// storage share its bytes here too, unless a window has gaps and is copied together.
/// </summary>
internal sealed class TensorStorages
{
    private const int MaximumDimensions = 64;

    private readonly Dictionary<string, Storage> _loaded = new(StringComparer.Ordinal);
    private readonly PthArchive _archive;
    private readonly PthLimits _limits;
    private readonly string _file;
    private long _tensorBytes;
    private int _tensors;

    internal TensorStorages(PthArchive archive, PthLimits limits, string file)
    {
        _archive = archive;
        _limits = limits;
        _file = file;
    }

    /// <summary>Loads the storage of a persistent id: ('storage', class, key, device, element count).</summary>
    internal object Load(object? persistentId)
    {
        // The device, after the key, is where the tensor was; the bytes are the same from all of them.
        if (persistentId is not PthTuple id
            || id is not ["storage", PickleGlobal global, string key, string, long count]
            || global.Kind != PickleGlobalKind.Storage)
        {
            throw Refuse("it refers to something outside the pickle that is not a tensor's storage");
        }

        var type = global.ElementType;
        var entry = PthFormatException.Quote("data/" + key);
        if (count < 0)
        {
            throw Refuse($"the storage {entry} has {count} elements");
        }

        if (!_loaded.TryGetValue(key, out var storage))
        {
            var bytes = _archive.ReadStorage(key, Math.BigMul(count, ElementTypes.Size(type)));
            if (type == PthElementType.Bool && !ElementTypes.AreBooleans(bytes))
            {
                throw Refuse($"the storage {entry} holds a bool that is neither 0 nor 1");
            }

            storage = new Storage(type, count, bytes);
            _loaded.Add(key, storage);
        }

        return storage.Type == type && storage.Count == count
            ? storage
            : throw Refuse($"the storage {entry} is described in two ways");
    }

    /// <summary>
    /// Rebuilds a tensor from (storage, offset, size, stride, requires_grad, hooks), offset and
    /// strides in elements. Newer files may add a dictionary of special views, which must be empty.
    /// </summary>
    internal PthTensor Rebuild(PthTuple arguments)
    {
        if (arguments is not [Storage storage, long offset, PthTuple size, PthTuple stride, bool, { } hooks, ..]
            || hooks is not PthDictionary { Count: 0 }
            || arguments.Count > 7
            || (arguments.Count == 7 && arguments[6] is not (null or PthDictionary { Count: 0 })))
        {
            throw Refuse("a tensor is described in a way that PyTorch does not write");
        }

        if (++_tensors > _limits.MaximumTensors)
        {
            throw Refuse($"there are more than {_limits.MaximumTensors} tensors");
        }

        var shape = Numbers(size, "shape");
        var strides = Numbers(stride, "strides");
        var elementSize = ElementTypes.Size(storage.Type);
        var length = CheckWindow(storage, offset, shape, strides) * elementSize;
        if (length > _limits.MaximumTotalBytes - _tensorBytes || length > Array.MaxLength)
        {
            throw Refuse($"its tensors have more than {_limits.MaximumTotalBytes} bytes");
        }

        _tensorBytes += (long)length;
        var data = length == 0 ? default
            : StridedCopy.IsContiguous(shape, strides)
                ? storage.Bytes.AsMemory((int)(offset * elementSize), (int)length)
                : StridedCopy.Gather(storage.Bytes, elementSize, offset, shape, strides);
        return new PthTensor(storage.Type, shape, data);
    }

    /// <summary>The number of elements, once all of them are known to lie within the storage.</summary>
    private Int128 CheckWindow(Storage storage, long offset, long[] shape, long[] strides)
    {
        if (shape.Length > MaximumDimensions || shape.Length != strides.Length)
        {
            throw Refuse(
                $"a tensor has {shape.Length} dimensions and {strides.Length} strides; {MaximumDimensions} is the limit");
        }

        if (offset < 0 || strides.Any(stride => stride < 0))
        {
            throw Refuse($"{Describe()} goes backwards");
        }

        var count = PthTensor.CountElements(shape) ?? throw Refuse($"{Describe()} cannot be so large");
        var end = (Int128)offset;
        for (var dimension = 0; dimension < shape.Length && count > 0; dimension++)
        {
            // Two 63-bit factors and at most 64 terms: the sum fits 128 bits with room to spare,
            // as long as it is compared at every step.
            end += Math.BigMul(shape[dimension] - 1, strides[dimension]);
            if (end >= storage.Count)
            {
                break;
            }
        }

        return end < storage.Count || (count == 0 && offset <= storage.Count)
            ? count
            : throw Refuse($"{Describe()} reaches beyond its storage of {storage.Count} elements");

        string Describe() =>
            $"a tensor of shape {PthTensor.Format(shape)} with strides {PthTensor.Format(strides)} at {offset}";
    }

    private long[] Numbers(PthTuple tuple, string what)
    {
        var numbers = new long[tuple.Count];
        for (var index = 0; index < numbers.Length; index++)
        {
            numbers[index] = tuple[index] is long number
                ? number
                : throw Refuse($"the {what} of a tensor is not made of integers");
        }

        return numbers;
    }

    private PthFormatException Refuse(string problem) => PthFormatException.In(_file, problem + ".");

    private sealed record Storage(PthElementType Type, long Count, byte[] Bytes);
}
