namespace QualityGate.Onnx.Embeddings;

/// <summary>The sizes of an embedding.</summary>
/// <param name="Features">Numbers that go into the head.</param>
/// <param name="Dimensions">Numbers that come out.</param>
/// <param name="Hidden">Units between them, or null for a linear head.</param>
/// <param name="Classes">Classes that it is trained on.</param>
public sealed record EmbeddingShape(int Features, int Dimensions, int? Hidden, int Classes);

/// <summary>How features are centred and scaled before the head: constants that are not trained.</summary>
/// <param name="Mean">What is taken off each feature.</param>
/// <param name="Scale">What each is then multiplied by.</param>
public sealed record FeatureScaling(float[] Mean, float[] Scale);
