using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <summary>What a Slice node takes of one axis.</summary>
internal sealed record Slicing(int Axis, long Start, long End, long Step)
{
    /// <summary>One for each axis that is cut, or null when places are computed at run time.</summary>
    public static Slicing[]? Of(NodeProto node, Func<string, TensorFacts> facts, int rank)
    {
        if (facts(node.InputAt(1)).Integers is not { } starts || facts(node.InputAt(2)).Integers is not { } ends) return null;
        long[]? axes = Given(3) ? facts(node.InputAt(3)).Integers : Enumerable.Range(0, starts.Length).Select(axis => (long)axis).ToArray();
        long[]? steps = Given(4) ? facts(node.InputAt(4)).Integers : Window.Ones(starts.Length);
        if (axes is null || steps is null) return null;
        return axes.Select((axis, i) => new Slicing((int)(axis < 0 ? axis + rank : axis), starts[i], ends[i], steps[i])).ToArray();

        bool Given(int index) => node.InputAt(index).Length > 0;
    }

    /// <summary>The places that are taken of an axis: the first, and how many.</summary>
    public (long First, long Count) Places(long length)
    {
        long lowest = Step > 0 ? 0 : -1;
        long highest = Step > 0 ? length : length - 1;
        long first = Math.Clamp(Start < 0 ? Start + length : Start, 0, Math.Max(0, highest));
        long end = Math.Clamp(End < 0 ? Math.Max(End, -length - 1) + length : End, lowest, highest);
        long span = Step > 0 ? end - first + Step - 1 : end - first + Step + 1;
        return (first, Math.Max(0, span / Step));
    }

    public long? Length(long? axis)
    {
        if (axis is { } length) return Places(length).Count;

        // Of an axis of unknown length, only "the first n" would be known if the axis is long enough, which is not certain.
        return null;
    }
}
