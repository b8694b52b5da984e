using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Reports.Html;

namespace QualityGate;

/// <summary>Makes the small pictures of a page, within a bound on their bytes.</summary>
internal sealed class EvidencePictures : IDisposable
{
    // In base64 some 8 MB. An image may stand in several galleries; with the scripts and the data the page stays under 15.
    private const int MostBytes = 6_000_000;
    private const int Batch = 64;

    private readonly List<string> _notes;
    private readonly DecodeOptions _decoding;
    private readonly Dictionary<EvidenceRole, (ImageSet Set, Dictionary<string, int> Index)> _sets = [];

    public EvidencePictures(MeasureRequest request, List<string> notes)
    {
        _notes = notes;
        _decoding = request.Extractor is { } extractor ? DecodeOptions.For(extractor.Preprocessing) : DecodeOptions.Default;
        Open(EvidenceRole.Reference, request.Reference, request.ReferenceName);
        Open(EvidenceRole.Candidate, request.Candidate, request.CandidateName);
    }

    /// <summary>A picture of each image, null where there is none.</summary>
    /// <param name="images">The images, the most important first.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public IReadOnlyList<Thumbnail?> Of(IReadOnlyList<(EvidenceRole Role, string Id)> images, CancellationToken cancellation)
    {
        Thumbnail?[] pictures = new Thumbnail?[images.Count];
        long bytes = 0;
        for (int start = 0; start < images.Count && bytes < MostBytes; start += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            Parallel.For(start, Math.Min(start + Batch, images.Count), i => pictures[i] = Picture(images[i].Role, images[i].Id));
            for (int i = start; i < Math.Min(start + Batch, images.Count); i++)
            {
                bytes += pictures[i]?.Bytes.Length ?? 0;
                pictures[i] = bytes <= MostBytes ? pictures[i] : null;
            }
        }

        return pictures;
    }

    public void Dispose()
    {
        foreach ((ImageSet set, _) in _sets.Values)
        {
            set.Dispose();
        }
    }

    private void Open(EvidenceRole role, string location, string? name)
    {
        string side = role == EvidenceRole.Reference ? "reference" : "candidate";
        if (!ImageSet.IsImageLocation(location))
        {
            _notes.Add($"The {side} {name ?? location} is a file of features, so there are no pictures of it.");
            return;
        }

        try
        {
            ImageSet set = ImageSet.Open(location);
            Dictionary<string, int> index = new(StringComparer.Ordinal);
            for (int i = 0; i < set.Count; i++)
            {
                index.TryAdd(set.Ids[i], i);
            }

            _sets.Add(role, (set, index));
        }
        catch (UserErrorException)
        {
            _notes.Add($"The images of the {side} {name ?? location} are not here, so there are no pictures of them.");
        }
    }

    // Features were made of this image, so it is readable; unless somebody has changed the file meanwhile.
    private Thumbnail? Picture(EvidenceRole role, string id)
    {
        if (!_sets.TryGetValue(role, out (ImageSet Set, Dictionary<string, int> Index) found) || !found.Index.TryGetValue(id, out int index))
        {
            return null;
        }

        try
        {
            using ImageBytes bytes = found.Set.Read(index);
            using DecodedImage image = ImageDecoder.Decode(bytes.Span, id, _decoding);
            return Thumbnail.Of(image);
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}
