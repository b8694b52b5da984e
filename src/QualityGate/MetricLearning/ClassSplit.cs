using System.Globalization;
using QualityGate.Errors;

namespace QualityGate.MetricLearning;

/// <summary>
/// Which images train, which are held back to choose the epoch, and which are of classes that training never sees. As customary for CUB-200 and its kin, the first
/// half of the classes trains, in ordinal order, and the rest tests.
/// </summary>
internal sealed class ClassSplit
{
    private const int FewestTrained = 2;
    private const int FewestTested = 2;
    private const int FewestHeldBack = 2;

    private ClassSplit(string[] trained, string[] tested, int[][] train, int[] validation, int[] test) =>
        (TrainedClasses, TestedClasses, Train, Validation, Test) = (trained, tested, train, validation, test);

    /// <summary>Classes that train, in ordinal order.</summary>
    public string[] TrainedClasses { get; }

    /// <summary>Classes that test, in ordinal order; fewer than two are none to measure recall on.</summary>
    public string[] TestedClasses { get; }

    /// <summary>Rows that train, for each class.</summary>
    public int[][] Train { get; }

    /// <summary>Rows of training classes that are held back, ascending.</summary>
    public int[] Validation { get; }

    /// <summary>Rows of test classes, ascending.</summary>
    public int[] Test { get; }

    /// <summary>All rows that train, ascending.</summary>
    public int[] TrainRows => [.. Train.SelectMany(rows => rows).Order()];

    /// <summary>Whether there are test classes enough to measure recall on.</summary>
    public bool HasTest => TestedClasses.Length >= FewestTested;

    /// <summary>Splits images by their labels.</summary>
    /// <exception cref="UserErrorException">There are too few classes, or images of one; or a class that is named is not there.</exception>
    public static ClassSplit Of(IReadOnlyList<string> labels, EmbeddingOptions options)
    {
        string[] all = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] trained = Chosen(all, options.TrainClasses);
        if (trained.Length < FewestTrained)
        {
            throw new UserErrorException(
                TrainingErrors.TooFewClasses, $"{Counted(all.Length, "class", "classes")} of images, of which {trained.Length} would train; at least {FewestTrained} must.");
        }

        if (options.BatchClasses > trained.Length)
        {
            throw new UserErrorException(
                TrainingErrors.TooFewClasses, $"a batch is to hold {options.BatchClasses} classes, and {trained.Length} train.", advice: "Give a smaller --batch-classes, or none.");
        }

        ILookup<string, int> rows = Enumerable.Range(0, labels.Count).ToLookup(row => labels[row], StringComparer.Ordinal);
        List<int> validation = [];
        int[][] train = [.. trained.Select((name, number) => Divide(name, [.. rows[name]], EmbeddingRandom.Split(options.Seed, number), options, validation))];
        string[] tested = [.. all.Except(trained, StringComparer.Ordinal)];
        return new ClassSplit(trained, tested, train, [.. validation.Order()], [.. tested.SelectMany(name => rows[name]).Order()]);
    }

    private static string[] Chosen(string[] all, string? wanted)
    {
        if (wanted is null) return all[..(all.Length / 2)];
        if (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return count <= all.Length ? all[..count] : throw new UserErrorException(
                TrainingErrors.TooFewClasses, $"{count} classes are to train, and there are {all.Length}.", advice: "Give a smaller --train-classes, or none.");
        }

        string[] named = [.. wanted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return Array.Find(named, name => !all.Contains(name)) is { } unknown
            ? throw new UserErrorException(TrainingErrors.TooFewClasses, $"the class `{unknown}` is to train, and no image is of it.", advice: "Write labels in --train-classes as they are, with commas between.")
            : named;
    }

    private static int[] Divide(string name, int[] rows, Numerics.Random.NumpyRandomState random, EmbeddingOptions options, List<int> validation)
    {
        int held = options.Validation > 0 ? Math.Max(FewestHeldBack, (int)Math.Round(rows.Length * options.Validation, MidpointRounding.AwayFromZero)) : 0;
        if (rows.Length - held < options.ImagesPerClass)
        {
            string less = held == 0 ? "" : $", {Math.Max(0, rows.Length - held)} after {held} are held back";
            throw new UserErrorException(
                TrainingErrors.TooFewOfClass, $"the class `{name}` has {Counted(rows.Length, "image", "images")}{less}, and a batch takes {options.ImagesPerClass} of a class.");
        }

        int[] order = random.Permutation(rows.Length);
        validation.AddRange(order[..held].Select(place => rows[place]));
        return [.. order[held..].Select(place => rows[place]).Order()];
    }

    private static string Counted(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
