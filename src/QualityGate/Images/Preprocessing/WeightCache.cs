using System.Collections.Concurrent;

namespace QualityGate.Images;

/// <summary>Remembers the weights of one axis for each pair of lengths, since a set's images mostly share their sizes.</summary>
/// <typeparam name="T">The weights.</typeparam>
/// <param name="make">Computes the weights for a source and a target length.</param>
internal sealed class WeightCache<T>(Func<int, int, T> make)
{
    /// <summary>Beyond this, sizes are all different and remembering them only costs memory.</summary>
    private const int Most = 256;

    private readonly ConcurrentDictionary<(int Source, int Target), T> _known = new();

    /// <summary>The weights for two lengths.</summary>
    public T Get(int source, int target)
    {
        if (_known.TryGetValue((source, target), out T? weights))
            return weights;
        if (_known.Count >= Most)
            _known.Clear();
        return _known.GetOrAdd((source, target), pair => make(pair.Source, pair.Target));
    }
}
