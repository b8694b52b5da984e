using QualityGate.Numerics;

namespace QualityGate.Tests.Numerics;

/// <summary>The slow truth: matrix products as three loops.</summary>
internal sealed class PlainProducts : IMatrixProducts
{
    public void MultiplyTransposed(Memory<float> a, Memory<float> b, Memory<float> c, int m, int n, int k)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                float sum = 0;
                for (int t = 0; t < k; t++)
                {
                    sum += a.Span[(i * k) + t] * b.Span[(j * k) + t];
                }

                c.Span[(i * n) + j] = sum;
            }
        }
    }

    public void MultiplyTransposed(Memory<double> a, Memory<double> b, Memory<double> c, int m, int n, int k)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int t = 0; t < k; t++)
                {
                    sum += a.Span[(i * k) + t] * b.Span[(j * k) + t];
                }

                c.Span[(i * n) + j] = sum;
            }
        }
    }

    public void TransposedMultiply(Memory<double> a, Memory<double> b, Memory<double> c, int m, int n, int k)
    {
        c.Span[..(m * n)].Clear();
        for (int t = 0; t < k; t++)
        {
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    c.Span[(i * n) + j] += a.Span[(t * m) + i] * b.Span[(t * n) + j];
                }
            }
        }
    }
}
