using System.Globalization;

namespace QualityGate.Onnx.Weights.Pickle;

/// <summary>
/// Reads the pickles that PyTorch writes state dicts as. A pickle is a program for a stack machine that may name any function of the
/// machine it is read on; this reader knows the opcodes that build dictionaries, lists and numbers, and the few names of
/// <see cref="TorchGlobals"/>, which it maps to plain data. Everything else is an error that names it. Nothing is ever run.
/// </summary>
internal sealed class PickleReader
{
    private const long MostBytes = 64L << 20;
    private const int MostValues = 4 << 20;

    private readonly PickleInput _input;
    private readonly Func<object?, object?> _persistent;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private long _made;

    private PickleReader(Stream stream, Func<object?, object?> persistent)
    {
        _input = new PickleInput(stream, MostBytes);
        _persistent = persistent;
    }

    /// <summary>Reads one pickle and leaves the stream behind it.</summary>
    /// <param name="stream">At the pickle's first byte.</param>
    /// <param name="persistent">What a persistent id, the reference to a storage, becomes.</param>
    /// <exception cref="WeightFormatException">It is damaged, or holds what a state dict does not.</exception>
    public static object? Read(Stream stream, Func<object?, object?> persistent)
    {
        var reader = new PickleReader(stream, persistent);
        while (true)
        {
            byte opcode = reader._input.Byte();
            if (opcode == PickleOpcode.Stop) return reader.Pop();
            if (!reader.Scalar(opcode) && !reader.Container(opcode) && !reader.Reference(opcode)) throw Unknown(opcode);
        }
    }

    private static WeightFormatException Unknown(byte opcode) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Its pickle uses opcode 0x{opcode:X2}, which no state dict needs; it was not read further."));

    private bool Scalar(byte opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol:
                int protocol = _input.Byte();
                if (protocol > 5) throw new WeightFormatException($"Its pickle has protocol {protocol}; 0 to 5 are known.");
                return true;
            case PickleOpcode.Frame:
                _input.Bytes(8);
                return true;
            case PickleOpcode.None: Push(null); return true;
            case PickleOpcode.True: Push(true); return true;
            case PickleOpcode.False: Push(false); return true;
            case PickleOpcode.Int32: Push((long)_input.Int32()); return true;
            case PickleOpcode.Int8: Push((long)_input.Byte()); return true;
            case PickleOpcode.Int16: Push((long)_input.Int16()); return true;
            case PickleOpcode.Long1: Push(_input.Long(_input.Byte())); return true;
            case PickleOpcode.Double: Push(_input.Double()); return true;
            case PickleOpcode.Unicode: Push(_input.Text((uint)_input.Int32())); return true;
            case PickleOpcode.ShortUnicode: Push(_input.Text(_input.Byte())); return true;
            case PickleOpcode.Bytes: Push(_input.Text((uint)_input.Int32())); return true;
            case PickleOpcode.ShortBytes or PickleOpcode.ShortString: Push(_input.Text(_input.Byte())); return true;
            default: return false;
        }
    }

    private bool Container(byte opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark: Push(PickleMark.Instance); return true;
            case PickleOpcode.EmptyDictionary: Push(new PickleDictionary()); return true;
            case PickleOpcode.EmptyList: Push(new List<object?>()); return true;
            case PickleOpcode.EmptyTuple: Push(Array.Empty<object?>()); return true;
            case PickleOpcode.Tuple: Push(PopToMark()); return true;
            case PickleOpcode.Tuple1: Push(PopMany(1)); return true;
            case PickleOpcode.Tuple2: Push(PopMany(2)); return true;
            case PickleOpcode.Tuple3: Push(PopMany(3)); return true;
            case PickleOpcode.Append: Append([Pop()]); return true;
            case PickleOpcode.Appends: Append(PopToMark()); return true;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); return true;
            case PickleOpcode.SetItems: SetItems(PopToMark()); return true;
            case PickleOpcode.Pop: Pop(); return true;
            case PickleOpcode.PopMark: PopToMark(); return true;
            default: return false;
        }
    }

    private bool Reference(byte opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Put8: Remember(_input.Byte()); return true;
            case PickleOpcode.Put32: Remember((uint)_input.Int32()); return true;
            case PickleOpcode.Memoize: Remember(_memo.Count); return true;
            case PickleOpcode.Get8: Push(Recall(_input.Byte())); return true;
            case PickleOpcode.Get32: Push(Recall((uint)_input.Int32())); return true;
            case PickleOpcode.Global: Push(TorchGlobals.Known(new PickleGlobal(_input.Line(), _input.Line()))); return true;
            case PickleOpcode.StackGlobal: Push(StackGlobal()); return true;
            case PickleOpcode.PersistentId: Push(_persistent(Pop())); return true;
            case PickleOpcode.Reduce: Push(Reduce()); return true;
            case PickleOpcode.Build: Build(); return true;
            default: return false;
        }
    }

    private PickleGlobal StackGlobal()
    {
        object?[] names = PopMany(2);
        return names is [string module, string name] ? TorchGlobals.Known(new PickleGlobal(module, name)) : throw Damaged();
    }

    private object? Reduce()
    {
        object?[] call = PopMany(2);
        if (call is [_, object?[] and [List<object?> pairs]]) Count(pairs.Count);
        return call is [PickleGlobal function, object?[] arguments] ? TorchGlobals.Make(function, arguments) : throw Damaged();
    }

    // State that is set on a dictionary or a parameter is version numbers and hooks: of no use here.
    private void Build()
    {
        Pop();
        if (Peek() is not (PickleDictionary or PickleTensor)) throw Damaged();
    }

    private void Append(object?[] values)
    {
        if (Peek() is not List<object?> list) throw Damaged();
        list.AddRange(values);
    }

    private void SetItems(object?[] values)
    {
        if (Peek() is not PickleDictionary dictionary || values.Length % 2 != 0) throw Damaged();
        for (int i = 0; i < values.Length; i += 2)
        {
            if (values[i] is string key) dictionary.Items[key] = values[i + 1];
        }
    }

    private void Push(object? value)
    {
        Count(1);
        _stack.Add(value);
    }

    /// <summary>Everything that is made counts, even what is dropped again: a short pickle could repeat a large one for ever.</summary>
    private void Count(long values)
    {
        _made += values;
        if (_made > MostValues) throw new WeightFormatException("Its pickle holds more values than any state dict.");
    }

    private void Remember(long key) => _memo[key] = Peek();

    private object? Recall(long key) => _memo.TryGetValue(key, out object? value) ? value : throw Damaged();

    private object? Peek() => _stack.Count == 0 ? throw Damaged() : _stack[^1];

    private object? Pop()
    {
        object? value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        if (_stack.Count < count) throw Damaged();
        object?[] values = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        int mark = _stack.LastIndexOf(PickleMark.Instance);
        if (mark < 0) throw Damaged();
        object?[] values = PopMany(_stack.Count - mark - 1);
        Pop();
        return values;
    }

    private static WeightFormatException Damaged() => new("Its pickle is damaged: an opcode does not find what it works on.");
}
