using System.Net.Http.Headers;

namespace QualityGate.GitHub;

/// <summary>Answers of this run by address: asked again with their tag, an unchanged one costs nothing of the rate limit.</summary>
internal sealed class EntityTags
{
    private const int MaximumKept = 200;
    private const long MaximumBytes = 64L << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<Uri, (EntityTagHeaderValue Tag, GitHubAnswer Answer)> _kept = [];
    private long _bytes;

    /// <summary>The kept answer and its tag.</summary>
    public (EntityTagHeaderValue Tag, GitHubAnswer Answer)? Find(Uri address)
    {
        lock (_lock)
        {
            return _kept.TryGetValue(address, out var found) ? found : null;
        }
    }

    /// <summary>Keeps an answer that has a tag.</summary>
    public void Keep(Uri address, EntityTagHeaderValue? tag, GitHubAnswer answer)
    {
        if (tag is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_kept.Remove(address, out var older))
            {
                _bytes -= older.Answer.Body.Length;
            }

            if (_kept.Count < MaximumKept && _bytes + answer.Body.Length <= MaximumBytes)
            {
                _kept.Add(address, (tag, answer));
                _bytes += answer.Body.Length;
            }
        }
    }
}
