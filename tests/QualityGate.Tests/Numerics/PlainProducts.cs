using QualityGate.Numerics;

namespace QualityGate.Tests.Numerics;

/// <summary>The slow truth: matrix products as three loops.</summary>
internal sealed class PlainProducts : IMatrixProducts
{
    public void MultiplyTransposed(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product, int m, int n, int k)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                float sum = 0;
                for (int t = 0; t < k; t++)
                {
                    sum += left[(i * k) + t] * right[(j * k) + t];
                }

                product[(i * n) + j] = sum;
            }
        }
    }

    public void MultiplyTransposed(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int m, int n, int k)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int t = 0; t < k; t++)
                {
                    sum += left[(i * k) + t] * right[(j * k) + t];
                }

                product[(i * n) + j] = sum;
            }
        }
    }

    public void TransposedMultiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int n, int d, int e)
    {
        product[..(d * e)].Clear();
        for (int t = 0; t < n; t++)
        {
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < e; j++)
                {
                    product[(i * e) + j] += left[(t * d) + i] * right[(t * e) + j];
                }
            }
        }
    }
}
