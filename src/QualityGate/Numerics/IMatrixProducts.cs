namespace QualityGate.Numerics;

/// <summary>
/// The matrix products that the metrics need. One implementation stands on ONNX Runtime; tests bring a plain loop. Calls may
/// come from several threads at once. The result of one element does not depend on the sizes of the other dimensions.
/// </summary>
public interface IMatrixProducts
{
    /// <summary><c>c = a b^T</c> in float32: a <c>[m, k]</c>, b <c>[n, k]</c>, c <c>[m, n]</c>, all row-major.</summary>
    void MultiplyTransposed(Memory<float> a, Memory<float> b, Memory<float> c, int m, int n, int k);

    /// <summary><c>c = a b^T</c> in float64: a <c>[m, k]</c>, b <c>[n, k]</c>, c <c>[m, n]</c>, all row-major.</summary>
    void MultiplyTransposed(Memory<double> a, Memory<double> b, Memory<double> c, int m, int n, int k);

    /// <summary><c>c = a^T b</c> in float64: a <c>[k, m]</c>, b <c>[k, n]</c>, c <c>[m, n]</c>, all row-major.</summary>
    void TransposedMultiply(Memory<double> a, Memory<double> b, Memory<double> c, int m, int n, int k);
}
