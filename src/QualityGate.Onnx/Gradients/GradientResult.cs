namespace QualityGate.Onnx.Gradients;

/// <summary>A model with gradients among its outputs.</summary>
/// <param name="Model">The model: all it computed before, and the gradients.</param>
/// <param name="Gradients">The gradient's name by the name of the tensor that it belongs to. Each has its tensor's shape.</param>
public sealed record GradientResult(OnnxModel Model, IReadOnlyDictionary<string, string> Gradients);
