namespace QualityGate.Numerics;

/// <summary>
/// The matrix products that the metrics need. One implementation stands on ONNX Runtime; tests bring a plain loop. Calls may
/// come from several threads at once. The result of one element does not depend on the sizes of the other dimensions.
/// </summary>
public interface IMatrixProducts
{
    /// <summary><c>product = left right^T</c> in float32: left <c>[m, k]</c>, right <c>[n, k]</c>, product <c>[m, n]</c>, all row-major.</summary>
    void MultiplyTransposed(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product, int m, int n, int k);

    /// <summary>
    /// As <see cref="MultiplyTransposed(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int, int, int)"/>, on the calling thread alone and
    /// as fast as it goes: the last bits may depend on the sizes. For callers who decide doubtful cases otherwise.
    /// </summary>
    void MultiplyTile(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product, int m, int n, int k) =>
        MultiplyTransposed(left, right, product, m, n, k);

    /// <summary><c>product = left right^T</c> in float64: left <c>[m, k]</c>, right <c>[n, k]</c>, product <c>[m, n]</c>, all row-major.</summary>
    void MultiplyTransposed(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int m, int n, int k);

    /// <summary><c>product = left^T right</c> in float64: left <c>[n, d]</c>, right <c>[n, e]</c>, product <c>[d, e]</c>, all row-major.</summary>
    void TransposedMultiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int n, int d, int e);

    /// <summary>
    /// As <see cref="MultiplyTransposed(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, int, int, int)"/>, on the calling thread alone and
    /// as fast as it goes: the last bits may depend on the sizes, and on nothing else.
    /// </summary>
    void MultiplyTile(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int m, int n, int k) =>
        MultiplyTransposed(left, right, product, m, n, k);

    /// <summary>As <see cref="TransposedMultiply"/>, on the calling thread alone: the last bits may depend on the sizes, and on nothing else.</summary>
    void TransposedMultiplyTile(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int n, int d, int e) =>
        TransposedMultiply(left, right, product, n, d, e);
}
