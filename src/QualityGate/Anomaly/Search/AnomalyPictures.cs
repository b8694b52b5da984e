using QualityGate.Anomaly.Pictures;
using QualityGate.Features;
using QualityGate.Images;
using QualityGate.Numerics;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Search;

/// <summary>Images beside the nearest ones that the generator makes, made again when they are looked at: only latent vectors are kept.</summary>
internal sealed class AnomalyPictures
{
    private const int Block = 64;

    private readonly string _location;
    private readonly NetworkPictures _pictures;
    private readonly LatentSearch _search;
    private readonly FeatureMatrix _rows;
    private readonly int[] _places;
    private int _loadedBlock = -1;
    private float[][] _images = [];
    private float[][] _generated = [];

    private AnomalyPictures(string location, PreprocessingRecipe input, LatentSearch search, FeatureMatrix rows, int[] places)
    {
        _location = location;
        _pictures = new NetworkPictures(input);
        _search = search;
        _rows = rows;
        _places = places;
        Maps = new ResidualMaps(input.Height, input.Width, Map);
    }

    /// <summary>Mean over channels of |x - G(z)|.</summary>
    public ResidualMaps Maps { get; }

    /// <summary>Pictures of a scored set.</summary>
    public static AnomalyPictures Of(string location, PreprocessingRecipe input, LatentSearch search, FeatureSet scored)
    {
        using ImageSet images = ImageSet.Open(location);
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int place = 0; place < images.Count; place++) places.TryAdd(images.Ids[place], place);
        return new AnomalyPictures(location, input, search, scored.Features!, [.. scored.Ids!.Select(id => places[id])]);
    }

    /// <summary>An image, its nearest generated one, and their residual.</summary>
    public Triplet Triplet(int image)
    {
        Load(image);
        return new Triplet(_pictures.Show(_images[image % Block]), _pictures.Show(_generated[image % Block]), Map(image));
    }

    private float[] Map(int image)
    {
        Load(image);
        ReadOnlySpan<float> x = _images[image % Block], made = _generated[image % Block];
        float[] map = new float[Maps.Pixels];
        int channels = x.Length / map.Length;
        for (int i = 0; i < x.Length; i++) map[i % map.Length] += Math.Abs(x[i] - made[i]) / channels;
        return map;
    }

    private void Load(int image)
    {
        int block = image / Block;
        if (block == _loadedBlock) return;
        int first = block * Block, count = Math.Min(Block, _places.Length - first);
        using (ImageSet images = ImageSet.Open(_location)) _images = [.. Enumerable.Range(first, count).Select(i => _pictures.Read(images, _places[i]))];
        _generated = _search.Generate([.. Enumerable.Range(first, count).Select(i => LatentSearch.Read(_rows.Row(i)).Latent)]);
        _loadedBlock = block;
    }
}
