using QualityGate.Onnx;
using QualityGate.Tests.Onnx.Networks;

namespace QualityGate.Tests.Anomaly.Search;

/// <summary>A generator of 6 x 6 images from 4 numbers, and a discriminator of them: small enough to be written as loops in double precision.</summary>
internal sealed class TinyPair
{
    public const int Latent = 4;
    public const int Side = 6;
    public const int Pixels = Side * Side;
    public const int Width = 5;

    private readonly float[] _first = Weights("generator", Pixels * Latent, 0.9f);
    private readonly float[] _firstBias = Weights("generator bias", Pixels, 0.3f);
    private readonly float[] _second = Weights("discriminator", Width * Pixels, 0.4f);
    private readonly float[] _third = Weights("logit", Width, 1f);

    public OnnxModel Generator { get; }

    public OnnxModel Discriminator { get; }

    public TinyPair(bool flat = false)
    {
        var g = new GraphBuilder("generator");
        string z = g.Input("z", OnnxElementType.Float, "batch", Latent);
        string made = g.Node("Tanh", [g.Gemm(z, g.Initializer("w", _first, Pixels, Latent), g.Initializer("b", _firstBias, Pixels), transposeRight: true)]);
        string image = flat ? made : g.Node("Reshape", [made, g.Initializer("shape", [-1L, 1, Side, Side], 4)]);
        Generator = g.Output(g.Identity(image, "image")).ToModel();
        var d = new GraphBuilder("discriminator");
        string x = d.Input("x", OnnxElementType.Float, "batch", 1, Side, Side);
        string hidden = d.Node("LeakyRelu", [d.Gemm(d.Flatten(x), d.Initializer("v", _second, Width, Pixels), transposeRight: true)], NodeParameter.Of("alpha", 0.2f));
        Discriminator = d.Output(d.Identity(d.Gemm(d.Identity(hidden, "features"), d.Initializer("u", _third, 1, Width), transposeRight: true), "logit")).ToModel();
    }

    /// <summary>G(z) in double precision.</summary>
    public double[] Generate(IReadOnlyList<double> z) =>
        [.. Enumerable.Range(0, Pixels).Select(p => Math.Tanh(_firstBias[p] + Enumerable.Range(0, Latent).Sum(i => _first[(p * Latent) + i] * z[i])))];

    /// <summary>(1 - l) sum |x - G(z)| + l sum |f(x) - f(G(z))| in double precision.</summary>
    public double Score(IReadOnlyList<double> x, IReadOnlyList<double> z, double lambda)
    {
        double[] made = Generate(z);
        double[] fx = Features(x), fz = Features(made);
        return ((1 - lambda) * x.Zip(made, (a, b) => Math.Abs(a - b)).Sum()) + (lambda * fx.Zip(fz, (a, b) => Math.Abs(a - b)).Sum());
    }

    private double[] Features(IReadOnlyList<double> x) => [.. Enumerable.Range(0, Width).Select(f =>
    {
        double sum = Enumerable.Range(0, Pixels).Sum(p => _second[(f * Pixels) + p] * x[p]);
        return sum < 0 ? 0.2f * sum : sum;
    })];

    private static float[] Weights(string name, int count, float scale) => [.. new HashWeights(new Dictionary<string, long[]> { [name] = [count] }).ReadSingles(name).Select(w => w / 0.125f * scale)];
}
