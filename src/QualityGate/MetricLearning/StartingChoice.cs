using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>
/// Whether a head starts from features that are evened out or from those as they are. Some networks' features gain by it and others lose, and what helps to tell
/// known classes apart need not help with unknown ones; so half of the training classes in turn play the unknown ones: their retrieval by a start that is of the
/// other half's images alone decides. Nothing is trained for that, and no test class is looked at.
/// </summary>
internal static class StartingChoice
{
    /// <summary>What features are evened out by, when they are.</summary>
    public const double Evened = 3;

    private const int Folds = 2;

    // Each half must have two classes to be told apart.
    private const int FewestClasses = 4;

    /// <summary>The shrinkage to start with.</summary>
    public static double Of(EmbeddingData data, ClassSplit split, EmbeddingOptions options, CancellationToken cancellation)
    {
        if (split.Train.Length < FewestClasses) return Evened;
        using MatrixEngine engine = new(options.ThreadCount);
        (double At1, double Precision) evened = Score(Evened), asTheyAre = Score(StartingPoint.NotEvened);
        return asTheyAre.CompareTo(evened) > 0 ? StartingPoint.NotEvened : Evened;

        (double, double) Score(double shrinkage)
        {
            RecallNumbers[] folds = [.. Enumerable.Range(0, Folds).Select(fold => Recall(data, split, options with { Shrinkage = shrinkage }, fold, engine, cancellation))];
            return (folds.Average(recall => recall.At1), folds.Average(recall => recall.MeanPrecision));
        }
    }

    private static RecallNumbers Recall(EmbeddingData data, ClassSplit split, EmbeddingOptions options, int fold, MatrixEngine engine, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int[] known = RowsOf(number => number % Folds != fold), unknown = StartingPoint.Spread(RowsOf(number => number % Folds == fold));
        FeatureProjection start = StartingPoint.Of(data.Features, known, options, options.Shrinkage!.Value);
        return RecallNumbers.Of(Embedded(data.Features, unknown, start, engine), [.. unknown.Select(row => data.Labels[row])], engine, cancellation);

        int[] RowsOf(Func<int, bool> isWanted) => [.. split.Train.Where((_, number) => isWanted(number)).SelectMany(rows => rows).Order()];
    }

    private static DenseFeatureMatrix Embedded(FeatureMatrix features, int[] rows, FeatureProjection start, MatrixEngine engine)
    {
        int width = features.Width, dimensions = start.Matrix.Length / width;
        double[] centred = new double[rows.Length * width], transposed = new double[start.Matrix.Length], embedded = new double[rows.Length * dimensions];
        for (int r = 0; r < rows.Length; r++)
        {
            ReadOnlySpan<float> values = features.Row(rows[r]);
            for (int i = 0; i < width; i++) centred[(r * width) + i] = values[i] - start.Mean[i];
        }

        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < dimensions; j++) transposed[(j * width) + i] = start.Matrix[(i * dimensions) + j];
        }

        engine.MultiplyTransposed(centred, transposed, embedded, rows.Length, dimensions, width);
        return new DenseFeatureMatrix(Array.ConvertAll(embedded, value => (float)value), rows.Length, dimensions);
    }
}
