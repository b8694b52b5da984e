namespace QualityGate.Onnx;

/// <summary>What a model says about one of its tensors.</summary>
/// <param name="Name">The tensor's name in the graph.</param>
/// <param name="ElementType">What it is made of; <see cref="OnnxElementType.Undefined"/> when not stated.</param>
/// <param name="Shape">Its axes, or null when not even their number is stated.</param>
public sealed record OnnxTensorInfo(string Name, OnnxElementType ElementType, IReadOnlyList<OnnxDimension>? Shape)
{
    /// <summary>The shape as <c>[batch, 3, 224, 224]</c>, or <c>of unknown shape</c>.</summary>
    public string ShapeText => Shape is null ? "of unknown shape" : $"[{string.Join(", ", Shape)}]";
}
