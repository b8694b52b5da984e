namespace QualityGate.Onnx;

/// <summary>Bytes that are not an ONNX model, or are one that ends too early or contradicts itself.</summary>
public sealed class OnnxFormatException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong with the bytes.</param>
    /// <param name="innerException">What the parser said, or null.</param>
    public OnnxFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
