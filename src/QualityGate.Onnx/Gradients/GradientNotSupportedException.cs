namespace QualityGate.Onnx.Gradients;

/// <summary>A node that lies between the loss and a tensor whose gradient is wanted has no known derivative.</summary>
public sealed class GradientNotSupportedException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="operation">The node's operator.</param>
    /// <param name="node">The node's name, or its first output where it has none.</param>
    /// <param name="reason">What is not supported.</param>
    public GradientNotSupportedException(string operation, string node, string reason)
        : base($"No gradient through {operation} '{node}': {reason}")
    {
        Operation = operation;
        Node = node;
    }

    /// <summary>The node's operator.</summary>
    public string Operation { get; }

    /// <summary>The node's name, or its first output where it has none.</summary>
    public string Node { get; }
}
