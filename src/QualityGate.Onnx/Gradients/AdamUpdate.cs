namespace QualityGate.Onnx.Gradients;

/// <summary>The tensors that one step of Adam gives.</summary>
/// <param name="Parameter">The parameter after the step.</param>
/// <param name="Mean">The running mean of gradients.</param>
/// <param name="Square">The running mean of squared gradients.</param>
public sealed record AdamUpdate(string Parameter, string Mean, string Square);
