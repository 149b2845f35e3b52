using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// Writes plain values and tensors as a pickle of protocol 2, torch.save's own. It uses only opcodes
/// that PyTorch's cautious reader (<c>weights_only=True</c>) knows, and no memo, which readers allow.
/// </summary>
internal sealed class PickleWriter
{
    private static readonly UTF8Encoding _strictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _pickle = new();
    private readonly Dictionary<PthTensor, int> _keys = new(ReferenceEqualityComparer.Instance);
    private readonly List<PthTensor> _tensors = [];
    private readonly Stack<object> _path = [];

    /// <summary>The storages to write beside the pickle; each one's position is its key.</summary>
    internal IReadOnlyList<PthTensor> Tensors => _tensors;

    /// <summary>The pickle of a value.</summary>
    /// <exception cref="ArgumentException">A value in it is of another type, or nested too deep.</exception>
    internal byte[] Pickle(object? root)
    {
        Put(PickleOpcode.Protocol, 2);
        Value(root);
        Put(PickleOpcode.Stop);
        return _pickle.WrittenSpan.ToArray();
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case null: Put(PickleOpcode.None); break;
            case bool flag: Put(flag ? PickleOpcode.NewTrue : PickleOpcode.NewFalse); break;
            case int number: Integer(number); break;
            case long number: Integer(number); break;
            case double number: Double(number); break;
            case string text: Text(text); break;
            case PthTensor tensor: Tensor(tensor); break;
            case List<object?> list: List(list); break;
            case PthTuple tuple: Tuple(tuple); break;
            case PthDictionary dictionary: Dictionary(dictionary); break;
            default:
                throw Refuse(
                    $"is a {value.GetType()}. Written are null, bool, long, double, string, PthTensor, PthTuple, "
                    + "PthDictionary and List<object?>");
        }
    }

    private void List(List<object?> list)
    {
        Put(PickleOpcode.EmptyList);
        Put(PickleOpcode.Mark);
        for (var index = 0; index < list.Count; index++)
        {
            Child(index, list[index]);
        }

        Put(PickleOpcode.Appends);
    }

    private void Tuple(PthTuple tuple)
    {
        if (tuple.Count == 0)
        {
            Put(PickleOpcode.EmptyTuple);
            return;
        }

        Put(PickleOpcode.Mark);
        for (var index = 0; index < tuple.Count; index++)
        {
            Child(index, tuple[index]);
        }

        Put(PickleOpcode.Tuple);
    }

    private void Dictionary(PthDictionary dictionary)
    {
        if (dictionary.IsOrdered)
        {
            OrderedDictionary();
        }
        else
        {
            Put(PickleOpcode.EmptyDictionary);
        }

        Put(PickleOpcode.Mark);
        foreach (var (key, value) in dictionary)
        {
            Value(key);
            Child(key, value);
        }

        Put(PickleOpcode.SetItems);
    }

    /// <summary>A call of _rebuild_tensor_v2 over the whole of a storage of the tensor's own.</summary>
    private void Tensor(PthTensor tensor)
    {
        if (!_keys.TryGetValue(tensor, out var key))
        {
            // The same object twice is one storage, as in PyTorch, where modules may share weights.
            key = _tensors.Count;
            _keys.Add(tensor, key);
            _tensors.Add(tensor);
        }

        Global("torch._utils", "_rebuild_tensor_v2");
        Put(PickleOpcode.Mark);
        Put(PickleOpcode.Mark);
        Text("storage");
        Global("torch", ElementTypes.StorageClass(tensor.ElementType));
        Text(key.ToString(CultureInfo.InvariantCulture));
        Text("cpu");
        Integer(tensor.ElementCount);
        Put(PickleOpcode.Tuple);
        Put(PickleOpcode.BinPersistentId);
        Integer(0);
        Integers(tensor.Dimensions);
        Integers(RowMajorStrides(tensor.Dimensions));
        Put(PickleOpcode.NewFalse);
        OrderedDictionary();
        Put(PickleOpcode.Tuple);
        Put(PickleOpcode.Reduce);
    }

    private static long[] RowMajorStrides(ReadOnlySpan<long> shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            strides[dimension] = stride;
            stride *= Math.Max(shape[dimension], 1);
        }

        return strides;
    }

    private void OrderedDictionary()
    {
        Global("collections", "OrderedDict");
        Put(PickleOpcode.EmptyTuple);
        Put(PickleOpcode.Reduce);
    }

    private void Integers(ReadOnlySpan<long> numbers)
    {
        Put(PickleOpcode.Mark);
        foreach (var number in numbers)
        {
            Integer(number);
        }

        Put(PickleOpcode.Tuple);
    }

    private void Child(object key, object? value)
    {
        _path.Push(key);
        if (_path.Count > PthLimits.Default.MaximumDepth)
        {
            throw Refuse($"is nested more than {PthLimits.Default.MaximumDepth} deep");
        }

        Value(value);
        _path.Pop();
    }

    private void Integer(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        if (number is >= byte.MinValue and <= byte.MaxValue)
        {
            Put(PickleOpcode.BinInt1, bytes[..1]);
        }
        else if (number is >= ushort.MinValue and <= ushort.MaxValue)
        {
            Put(PickleOpcode.BinInt2, bytes[..2]);
        }
        else if (number is >= int.MinValue and <= int.MaxValue)
        {
            Put(PickleOpcode.BinInt, bytes[..4]);
        }
        else
        {
            Put(PickleOpcode.Long1, sizeof(long));
            _pickle.Write(bytes);
        }
    }

    private void Double(double number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, number);
        Put(PickleOpcode.BinFloat, bytes);
    }

    private void Text(string text)
    {
        byte[] utf8;
        try
        {
            utf8 = _strictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException failure)
        {
            throw Refuse("holds half a surrogate pair, which is no text", failure);
        }

        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        Put(PickleOpcode.BinUnicode, length);
        _pickle.Write(utf8);
    }

    private void Global(string module, string name) =>
        Put(PickleOpcode.Global, Encoding.ASCII.GetBytes($"{module}\n{name}\n"));

    private void Put(PickleOpcode opcode, params ReadOnlySpan<byte> operand)
    {
        _pickle.Write([(byte)opcode]);
        _pickle.Write(operand);
    }

    private ArgumentException Refuse(string problem, Exception? inner = null) =>
        new($"The value at '{string.Join("/", _path.Reverse())}' {problem}.", inner);
}
