namespace QualityGate.Onnx.Weights;

/// <summary>A file of weights that is damaged, holds what is never read (code, unknown objects), or does not fit the network asked for.</summary>
public sealed class WeightFormatException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, without the file's name.</param>
    /// <param name="innerException">What a parser said, or null.</param>
    public WeightFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
