namespace QualityGate.Features.Extraction;

/// <summary>Hears how far an extraction is. Calls come from several threads.</summary>
public interface IExtractionProgress
{
    /// <summary>A set of <paramref name="total"/> images begins.</summary>
    void Start(string stage, int total);

    /// <summary>So many more images are done, of which some were computed and the others were known.</summary>
    void Advance(int images, int computed);

    /// <summary>The set is done, or was given up.</summary>
    void Finish();
}
