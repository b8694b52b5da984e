using QualityGate.Anomaly;
using QualityGate.Anomaly.Pictures;
using QualityGate.Images.Pictures;
using QualityGate.Reports.Html;

namespace QualityGate;

/// <summary>The most anomalous images for a page: each beside the nearest one that the generator makes, and where they differ.</summary>
internal static class EvidenceTriplets
{
    private const int Most = 12;

    /// <summary>The rows, the most anomalous first.</summary>
    public static IEnumerable<EvidenceTriplet> Of(AnomalyMeasurement measured)
    {
        ResidualScale scale = ResidualScale.Over(measured.Maps, measured.Report.Images.Count);
        foreach (int index in TripletSheet.Order(measured.Report, Most))
        {
            AnomalyImage image = measured.Report.Images[index];
            Triplet triplet = measured.Triplets(index);
            PlainPicture heat = Heat(triplet, scale);
            yield return new EvidenceTriplet(
                image.Id, image.Label, image.Score, Thumbnail.Of(triplet.Image), Thumbnail.Of(triplet.Reconstruction), Thumbnail.Of(heat));
        }
    }

    private static PlainPicture Heat(Triplet triplet, ResidualScale scale)
    {
        byte[] samples = new byte[triplet.Residual.Length * 3];
        for (int i = 0; i < triplet.Residual.Length; i++)
        {
            Rgb colour = HeatColours.At(scale.Place(triplet.Residual[i]));
            (samples[3 * i], samples[(3 * i) + 1], samples[(3 * i) + 2]) = (colour.Red, colour.Green, colour.Blue);
        }

        return new PlainPicture(triplet.Image.Height, triplet.Image.Width, 3, samples);
    }
}
