namespace QualityGate.Anomaly.Search;

/// <summary>Which images of a batch still get nearer. Each image ends by its own scores alone, so that its batch does not matter.</summary>
/// <param name="count">Images.</param>
/// <param name="patience">Steps without progress that end an image's search, or null for never.</param>
/// <param name="progress">What a score must fall by, relative to the best so far.</param>
internal sealed class SearchRace(int count, int? patience, double progress)
{
    private readonly FoundImage?[] _ended = new FoundImage?[count];
    private readonly FoundImage?[] _best = new FoundImage?[count];
    private readonly int[] _since = new int[count];
    private int _running = count;

    /// <summary>Whether no image gets nearer any more.</summary>
    public bool IsOver => _running == 0;

    /// <summary>What an image had found when its search ended, or null when it made every step.</summary>
    public FoundImage? Ended(int image) => _ended[image];

    /// <summary>Takes in the scores before a step.</summary>
    public void Observe(int step, Func<int, FoundImage> found)
    {
        for (int i = 0; i < _since.Length; i++)
        {
            if (_ended[i] is not null) continue;
            FoundImage now = found(i);
            if (_best[i] is not { } best || now.Score < best.Score * (1 - progress))
            {
                _best[i] = now;
                _since[i] = step;
            }
            else if (step - _since[i] >= patience)
            {
                _ended[i] = best;
                _running--;
            }
        }
    }
}
