using System.Globalization;
using QualityGate.Anomaly.Training;

namespace QualityGate.Tool.Terminal;

/// <summary>The training of a GAN on standard error.</summary>
internal sealed class GanProgress(TextWriter writer, bool isTerminal, bool isQuiet) : IGanProgress
{
    private readonly EpochLines _lines = new(writer, isTerminal, isQuiet);

    public void Start(int images, int epochs, int done) =>
        _lines.Start(images, epochs, string.Create(CultureInfo.InvariantCulture, $"{images} images, {epochs} epochs{(done > 0 ? $", {done} of them done before" : "")}"));

    public void Advance(int epoch, int images, double discriminatorLoss, double generatorLoss) =>
        _lines.Advance(epoch, images, $"losses {discriminatorLoss:0.000} {generatorLoss:0.000}");

    public void Finish(GanEpoch epoch, bool isBest, double imagesPerSecond)
    {
        string fid = epoch.Fid is { } value ? string.Create(CultureInfo.InvariantCulture, $", FID {value:0.####}{(isBest ? " (best)" : "")}") : "";
        _lines.Finish(epoch.Number, string.Create(
            CultureInfo.InvariantCulture, $"losses {epoch.DiscriminatorLoss:0.000} (discriminator), {epoch.GeneratorLoss:0.000} (generator), {imagesPerSecond:0} images/s{fid}"));
    }
}
