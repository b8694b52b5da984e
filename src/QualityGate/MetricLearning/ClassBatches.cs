using QualityGate.Numerics.Random;

namespace QualityGate.MetricLearning;

/// <summary>
/// The batches of one epoch: each of so many classes, and so many images of each. Classes take turns in an order that is drawn anew when all had theirs, and so do
/// the images of each class.
/// </summary>
internal sealed class ClassBatches
{
    private readonly int[][] _rows;
    private readonly int _imagesPerClass;
    private readonly NumpyRandomState _random;
    private readonly Turns _classes;
    private readonly Turns[] _images;

    public ClassBatches(int[][] rows, EmbeddingOptions options, int epoch)
    {
        _rows = rows;
        _imagesPerClass = options.ImagesPerClass;
        _random = EmbeddingRandom.Batches(options.Seed, epoch);
        ClassesPerBatch = ClassesOf(rows.Length, options);
        _classes = new Turns(rows.Length, _random);
        _images = [.. rows.Select(row => new Turns(row.Length, _random))];
        Steps = StepsOf(rows, options);
    }

    /// <summary>Classes of a batch.</summary>
    public int ClassesPerBatch { get; }

    /// <summary>Batches of the epoch: as many as the images fill, at least one.</summary>
    public int Steps { get; }

    /// <summary>Images of a batch.</summary>
    public static int SizeOf(int classes, EmbeddingOptions options) => ClassesOf(classes, options) * options.ImagesPerClass;

    /// <summary>Draws a batch: rows, and the number of each one's class.</summary>
    public void Draw(Span<int> batch, Span<int> classes)
    {
        int at = 0;
        foreach (int number in _classes.Next(ClassesPerBatch))
        {
            foreach (int image in _images[number].Next(_imagesPerClass))
            {
                (batch[at], classes[at]) = (_rows[number][image], number);
                at++;
            }
        }
    }

    private static int StepsOf(int[][] rows, EmbeddingOptions options) => Math.Max(1, rows.Sum(row => row.Length) / SizeOf(rows.Length, options));

    private static int ClassesOf(int classes, EmbeddingOptions options) => options.BatchClasses ?? Math.Min(EmbeddingTrainer.MostBatchClasses, classes);

    private sealed class Turns(int count, NumpyRandomState random)
    {
        private int[] _order = random.Permutation(count);
        private int _at;

        // Those who are left when a round ends too early wait for another: a batch holds nobody twice.
        public ReadOnlySpan<int> Next(int wanted)
        {
            if (_at + wanted > count) (_order, _at) = (random.Permutation(count), 0);
            _at += wanted;
            return _order.AsSpan(_at - wanted, wanted);
        }
    }
}
