namespace DigitService.Recognition.Persistence;

/// <summary>
/// Python's pickle machine, reduced to what a state dictionary needs. It has a stack, marks in that
/// stack and a memo, and no recursion, so nesting costs it nothing; the depth of the result is
/// checked afterwards, by <see cref="ObjectGraph"/>.
/// </summary>
internal sealed class PickleReader
{
    private readonly PickleCursor _cursor;
    private readonly TensorStorages _storages;
    private readonly PthLimits _limits;
    private readonly string _file;
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly List<object?> _memo = [];
    private int _values;

    internal PickleReader(byte[] pickle, TensorStorages storages, PthLimits limits, string file)
    {
        _cursor = new PickleCursor(pickle, file);
        _storages = storages;
        _limits = limits;
        _file = file;
    }

    internal object? Read()
    {
        if (_cursor.Byte() != (byte)PickleOpcode.Protocol || _cursor.Byte() is var protocol and not (>= 2 and <= 5))
        {
            throw _cursor.Damaged("it is not a pickle of protocol 2 to 5");
        }

        while (true)
        {
            var opcode = (PickleOpcode)_cursor.Byte();
            if (opcode == PickleOpcode.Stop)
            {
                break;
            }

            Run(opcode);
        }

        var result = Pop();
        return _stack.Count == 0 && _marks.Count == 0 && _cursor.IsAtEnd
            ? result
            : throw _cursor.Damaged("it ends with something left over");
    }

    private void Run(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.None: Push(null); break;
            case PickleOpcode.NewTrue: Push(true); break;
            case PickleOpcode.NewFalse: Push(false); break;
            case PickleOpcode.BinInt: Push((long)_cursor.Int32()); break;
            case PickleOpcode.BinInt1: Push((long)_cursor.Byte()); break;
            case PickleOpcode.BinInt2: Push((long)_cursor.UInt16()); break;
            case PickleOpcode.Long1: Push(_cursor.Integer(_cursor.Byte())); break;
            case PickleOpcode.Long4: Push(_cursor.Integer(_cursor.Int32())); break;
            case PickleOpcode.BinFloat: Push(_cursor.Double()); break;
            case PickleOpcode.BinUnicode: Push(_cursor.Text(_cursor.UInt32())); break;
            case PickleOpcode.ShortBinUnicode: Push(_cursor.Text(_cursor.Byte())); break;
            case PickleOpcode.BinUnicode8: Push(_cursor.Text(_cursor.UInt64())); break;
            case PickleOpcode.EmptyList: Push(new List<object?>()); break;
            case PickleOpcode.EmptyTuple: Push(new PthTuple()); break;
            case PickleOpcode.EmptyDictionary: Push(new PthDictionary()); break;
            case PickleOpcode.Tuple: Push(new PthTuple(PopToMark())); break;
            case PickleOpcode.Tuple1: Push(new PthTuple(PopMany(1))); break;
            case PickleOpcode.Tuple2: Push(new PthTuple(PopMany(2))); break;
            case PickleOpcode.Tuple3: Push(new PthTuple(PopMany(3))); break;
            case PickleOpcode.Append: Append(PopMany(1)); break;
            case PickleOpcode.Appends: Append(PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;
            case PickleOpcode.Mark: PushMark(); break;
            case PickleOpcode.BinGet: Push(Recall(_cursor.Byte())); break;
            case PickleOpcode.LongBinGet: Push(Recall(_cursor.UInt32())); break;
            case PickleOpcode.BinPut: Memoize(_cursor.Byte()); break;
            case PickleOpcode.LongBinPut: Memoize(_cursor.UInt32()); break;
            case PickleOpcode.Memoize: Memoize((uint)_memo.Count); break;
            case PickleOpcode.Global: Global(_cursor.Line(), _cursor.Line()); break;
            case PickleOpcode.StackGlobal: StackGlobal(); break;
            case PickleOpcode.BinPersistentId: Push(_storages.Load(Pop())); break;
            case PickleOpcode.Reduce: Reduce(); break;
            case PickleOpcode.Build: Build(); break;

            // Frames only tell a reader how much to fetch at once.
            case PickleOpcode.Frame: _cursor.UInt64(); break;
            default:
                throw _cursor.Damaged($"no state dictionary needs the opcode 0x{(byte)opcode:X2}; nothing was run");
        }
    }

    private void Global(string module, string name) => Push(PickleGlobal.Resolve(module, name, _file));

    private void StackGlobal()
    {
        if (PopMany(2) is not [string module, string name])
        {
            throw _cursor.Damaged("the name of a class is not a string");
        }

        Global(module, name);
    }

    private void Reduce()
    {
        if (PopMany(2) is not [PickleGlobal callee, PthTuple arguments])
        {
            throw _cursor.Damaged("it calls something that is not a function; nothing was run");
        }

        Push(callee.Kind switch
        {
            PickleGlobalKind.OrderedDictionary when arguments.Count == 0 => new PthDictionary(ordered: true),
            PickleGlobalKind.RebuildTensor => _storages.Rebuild(arguments),

            // A parameter is its tensor, whether it wants a gradient, and hooks, which are never saved.
            PickleGlobalKind.RebuildParameter
                when arguments is [PthTensor tensor, bool, PthDictionary { Count: 0 }] => tensor,
            _ => throw _cursor.Damaged($"{callee.Kind} is called with arguments that PyTorch does not write"),
        });
    }

    /// <summary>
    /// A state dictionary is an OrderedDict with an attribute, <c>_metadata</c>: version numbers for
    /// modules older than this format. It is dropped, as everything else that is set here.
    /// </summary>
    private void Build()
    {
        var state = Pop();
        if (Peek() is not PthDictionary { IsOrdered: true } || state is not PthDictionary)
        {
            throw _cursor.Damaged("it sets the state of something other than an OrderedDict; nothing was run");
        }
    }

    private void Append(ReadOnlySpan<object?> items)
    {
        if (Peek() is not List<object?> list)
        {
            throw _cursor.Damaged("it appends to something other than a list");
        }

        list.AddRange(items);
    }

    private void SetItems(ReadOnlySpan<object?> items)
    {
        if (Peek() is not PthDictionary dictionary || items.Length % 2 != 0)
        {
            throw _cursor.Damaged("it sets items of something other than a dictionary");
        }

        for (var index = 0; index < items.Length; index += 2)
        {
            if (!dictionary.TrySet(items[index], items[index + 1]))
            {
                throw _cursor.Damaged("a dictionary has a key that is neither a string nor an integer");
            }
        }
    }

    private object? Recall(uint index) => index < _memo.Count
        ? _memo[(int)index]
        : throw _cursor.Damaged($"it refers to value {index} before there is one");

    /// <summary>Picklers number what they keep from 0 on, so a list will do, and no index can demand memory.</summary>
    private void Memoize(uint index)
    {
        var value = Peek();
        if (index < _memo.Count)
        {
            _memo[(int)index] = value;
        }
        else if (index == _memo.Count && index < _limits.MaximumValues)
        {
            _memo.Add(value);
        }
        else
        {
            throw _cursor.Damaged(
                $"it keeps value {index}, where {_memo.Count} is next and {_limits.MaximumValues} the limit");
        }
    }

    private void Push(object? value)
    {
        CountOne();
        _stack.Add(value);
    }

    private void PushMark()
    {
        CountOne();
        _marks.Push(_stack.Count);
    }

    private void CountOne()
    {
        if (++_values > _limits.MaximumValues)
        {
            throw _cursor.Damaged($"it holds more than {_limits.MaximumValues} values");
        }
    }

    private object? Pop() => PopMany(1)[0];

    private object? Peek()
    {
        RequireOnStack(1);
        return _stack[^1];
    }

    private object?[] PopToMark() => _marks.TryPop(out var start)
        ? PopMany(_stack.Count - start)
        : throw _cursor.Damaged("it closes a group that it has not opened");

    private object?[] PopMany(int count)
    {
        RequireOnStack(count);
        var start = _stack.Count - count;
        var items = new object?[count];
        _stack.CopyTo(start, items, 0, count);
        _stack.RemoveRange(start, count);
        return items;
    }

    private void RequireOnStack(int count)
    {
        // What lies under a mark is out of reach until the mark is gone.
        _marks.TryPeek(out var floor);
        if (_stack.Count - floor < count)
        {
            throw _cursor.Damaged("it takes more values than there are");
        }
    }
}
