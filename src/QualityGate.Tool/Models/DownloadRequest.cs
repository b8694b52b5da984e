using QualityGate.Features.Models;

namespace QualityGate.Tool.Models;

/// <summary>A file to be fetched.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Mirror">Authority that a person named, for which http will do, or null.</param>
/// <param name="Bytes">About how large it is: a quarter more or less is taken.</param>
internal sealed record DownloadRequest(Uri Address, string? Mirror, long Bytes)
{
    private const int Slack = 4;

    /// <summary>More is refused.</summary>
    public long MaximumBytes => Bytes + (Bytes / Slack);

    /// <summary>Less is refused: it may be a page that says "please log in".</summary>
    public long MinimumBytes => Bytes - (Bytes / Slack);

    /// <summary>The weights of a model, from a mirror or from their publisher.</summary>
    public static DownloadRequest? Of(KnownModel model, Uri? mirror)
    {
        Uri? address = mirror is null ? model.Source : WebAddress.Below(mirror, model.FileName);
        return address is null ? null : new DownloadRequest(address, mirror?.Authority, model.Bytes);
    }
}
