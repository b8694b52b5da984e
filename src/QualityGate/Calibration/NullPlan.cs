using System.Globalization;
using QualityGate.Errors;
using QualityGate.Features;

namespace QualityGate.Calibration;

/// <summary>Whose images stand in for two runs between which nothing changed.</summary>
public enum NullKind
{
    /// <summary>Disjoint parts of the reference stand for reference, accepted run and new run: a generator that is perfect.</summary>
    Reference,

    /// <summary>Two halves of the candidate against the whole reference: this generator, run twice.</summary>
    Candidate,
}

/// <summary>How many images each part of a draw has.</summary>
/// <param name="Kind">Where they come from.</param>
/// <param name="ReferenceCount">Images that stand as reference.</param>
/// <param name="RunCount">Images that stand as candidate, in each of the two runs.</param>
/// <param name="Share">Candidate images of a draw for each one of a real run, at most 1.</param>
public sealed record NullPlan(NullKind Kind, int ReferenceCount, int RunCount, double Share)
{
    /// <summary>Fewer images than these in a part say nothing of a spread.</summary>
    public const int FewestImages = 10;

    /// <summary>
    /// What the spread of a draw is multiplied with to be that of a real run: standard errors fall as the root of the sizes. Draws of the reference stay as they
    /// are: a perfect generator's distances fall faster than that, so that they are an upper bound.
    /// </summary>
    public double Scale => Kind == NullKind.Candidate ? Math.Sqrt(Share) : 1;

    /// <summary>The name in results: <c>reference</c> or <c>candidate</c>.</summary>
    public string Name => Kind == NullKind.Candidate ? "candidate" : "reference";

    /// <summary>What is drawn, in one sentence.</summary>
    public string Text => Kind == NullKind.Candidate
        ? string.Create(CultureInfo.InvariantCulture, $"two disjoint halves of the candidate, {RunCount} images each, against the whole reference ({ReferenceCount}); changes and errors brought to the run's size (x {Scale:0.###})")
        : string.Create(CultureInfo.InvariantCulture, $"{ReferenceCount} reference images against two other parts of the reference, {RunCount} images each; sizes are {Share * 100:0.#} % of a run's, and numbers stay as drawn");

    /// <summary>Draws of the reference: three parts, in the proportions of a real run, as large as the reference allows.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="runReference">Reference images of a real run.</param>
    /// <param name="runCandidate">Candidate images of a real run.</param>
    /// <exception cref="UserErrorException">QG4090: a part has too few images.</exception>
    public static NullPlan OfReference(FeatureSet reference, int runReference, int runCandidate)
    {
        ArgumentNullException.ThrowIfNull(reference);
        RequireImages(reference, "reference");
        double share = Math.Min(1, reference.Count / (runReference + (2.0 * runCandidate)));
        return Checked(new NullPlan(NullKind.Reference, (int)(runReference * share), (int)(runCandidate * share), share), reference);
    }

    /// <summary>Draws of the candidate: its two halves.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="candidate">The candidate.</param>
    /// <exception cref="UserErrorException">QG4090: a part has too few images.</exception>
    public static NullPlan OfCandidate(FeatureSet reference, FeatureSet candidate)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(candidate);
        RequireImages(candidate, "candidate");
        int half = candidate.Count / 2;
        return Checked(new NullPlan(NullKind.Candidate, reference.Count, half, (double)half / Math.Max(1, candidate.Count)), candidate);
    }

    private static void RequireImages(FeatureSet set, string role)
    {
        if (set.Features is null && set.Logits is null)
        {
            throw new UserErrorException(DataErrors.CannotResample, $"the {role} ({set.Source}) holds no features of single images, so no part of it can be drawn.");
        }
    }

    private static NullPlan Checked(NullPlan plan, FeatureSet set) => Math.Min(plan.ReferenceCount, plan.RunCount) >= FewestImages
        ? plan
        : throw new UserErrorException(
            DataErrors.CannotResample,
            string.Create(CultureInfo.InvariantCulture, $"the {plan.Name} ({set.Source}) has {set.Count} images: its parts would have {Math.Min(plan.ReferenceCount, plan.RunCount)}, and {FewestImages} are the fewest."));
}
