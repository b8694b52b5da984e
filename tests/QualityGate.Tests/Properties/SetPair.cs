using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using QualityGate.Features;
using QualityGate.Numerics;
using QualityGate.Tests.Metrics;

namespace QualityGate.Tests.Properties;

/// <summary>Two sets of features, made from a few numbers so that a counterexample can shrink and be written down.</summary>
/// <param name="Kind">What the values are like.</param>
/// <param name="References">N.</param>
/// <param name="Candidates">M.</param>
/// <param name="Width">D.</param>
/// <param name="Seed">Of the values.</param>
internal sealed record SetPair(string Kind, int References, int Candidates, int Width, int Seed)
{
    public const int FewestImages = 8;

    private static readonly string[] Kinds = ["ordinary", "lattice", "copies", "constant column", "offset", "scales"];

    public FeatureMatrix Reference => Draw(References, Seed);

    public FeatureMatrix Candidate => Draw(Candidates, Seed + 1);

    public FeatureSet ReferenceSet => GoldenSets.Set(Reference);

    public FeatureSet CandidateSet => GoldenSets.Set(Candidate);

    /// <summary>Checks a property on sixty pairs, the same ones every time, and shrinks what fails.</summary>
    public static void Check(Func<SetPair, bool> property, params string[] kinds)
    {
        Arbitrary<SetPair> pairs = Arb.From(
            from kind in Gen.Elements(kinds.Length > 0 ? kinds : Kinds)
            from n in Gen.Choose(FewestImages, 48)
            from m in Gen.Choose(FewestImages, 48)
            from width in Gen.Choose(1, 9)
            from seed in Gen.Choose(1, 1_000_000)
            select new SetPair(kind, n, m, width, seed),
            Smaller);
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20_240_001, 1), Prop.ForAll(pairs, property));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}, {References} and {Candidates} images of {Width}, seed {Seed}");

    /// <summary>The same rows in another order.</summary>
    public static FeatureMatrix Shuffled(FeatureMatrix rows, int seed)
    {
        System.Random random = new(seed);
        int[] order = [.. Enumerable.Range(0, rows.Count).OrderBy(_ => random.Next())];
        return new SelectedRows(rows, order);
    }

    /// <summary>Each row changed by a function of column and value.</summary>
    public static FeatureMatrix Mapped(FeatureMatrix rows, Func<int, float, float> change)
    {
        float[] values = new float[rows.Count * rows.Width];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int d = 0; d < rows.Width; d++)
            {
                values[(i * rows.Width) + d] = change(d, rows.Row(i)[d]);
            }
        }

        return new DenseFeatureMatrix(values, rows.Count, rows.Width);
    }

    private static IEnumerable<SetPair> Smaller(SetPair pair)
    {
        if (pair.References > FewestImages) yield return pair with { References = Math.Max(FewestImages, pair.References / 2) };
        if (pair.Candidates > FewestImages) yield return pair with { Candidates = Math.Max(FewestImages, pair.Candidates / 2) };
        if (pair.Width > 1) yield return pair with { Width = pair.Width / 2 };
        if (pair.Kind != "ordinary") yield return pair with { Kind = "ordinary" };
    }

    private DenseFeatureMatrix Draw(int count, int seed)
    {
        System.Random random = new(seed);
        float[] values = new float[count * Width];
        for (int i = 0; i < count; i++)
        {
            // Copies repeat the row five before.
            bool isCopy = Kind == "copies" && i >= 5 && random.Next(2) == 0;
            for (int d = 0; d < Width; d++)
            {
                double normal = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
                values[(i * Width) + d] = isCopy ? values[((i - 5) * Width) + d] : (float)(Kind switch
                {
                    "lattice" => random.Next(3),
                    "constant column" => d == 0 ? 7 : normal,
                    "offset" => 1000 + normal,
                    "scales" => normal * Math.Pow(10, (d % 5) - 2),
                    _ => normal,
                });
            }
        }

        return new DenseFeatureMatrix(values, count, Width);
    }
}
