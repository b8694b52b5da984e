namespace QualityGate.Onnx.Embeddings;

/// <summary>The sizes of an embedding.</summary>
/// <param name="Features">Numbers that go into the head.</param>
/// <param name="Dimensions">Numbers that are learned.</param>
/// <param name="Hidden">Hidden units, or null for a linear head.</param>
/// <param name="Classes">Classes that it is trained on.</param>
public sealed record EmbeddingShape(int Features, int Dimensions, int? Hidden, int Classes)
{
    /// <summary>The share that the features as they are have in the cosine of two embeddings, at least 0 and below 1.</summary>
    public double Kept { get; init; }

    /// <summary>Numbers that come out: the features as they are, when a share is kept, and those that are learned.</summary>
    public int Width => Kept > 0 ? Features + Dimensions : Dimensions;
}

/// <summary>Where a head starts from: constants that are not trained. The embedding before the first step is <c>(features - Mean) Matrix</c>.</summary>
/// <param name="Mean">What is taken off each feature.</param>
/// <param name="Matrix"><c>[features, dimensions]</c>, row-major.</param>
public sealed record FeatureProjection(float[] Mean, float[] Matrix);
