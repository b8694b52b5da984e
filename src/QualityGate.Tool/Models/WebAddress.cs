using QualityGate.Errors;

namespace QualityGate.Tool.Models;

/// <summary>Addresses of weights: which are taken, and how they are shown.</summary>
internal static class WebAddress
{
    /// <summary>An address without what may be secret: user, query and fragment.</summary>
    public static string Shown(Uri address) => $"{address.Scheme}://{address.Authority}{address.AbsolutePath}";

    /// <summary>A mirror's address as a person wrote it.</summary>
    /// <exception cref="UserErrorException">QG4613: it is no web address.</exception>
    public static Uri Mirror(string text, string named) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && IsWeb(address) && address.Host.Length > 0
            ? address
            : throw new UserErrorException(ModelErrors.UnsafeAddress, $"{named} is no https address.", advice: "Give the folder that holds the files, such as https://mirror.example/models/.");

    /// <summary>The address of a file in a mirror's folder; a query, such as a signature, stays behind it.</summary>
    public static Uri Below(Uri mirror, string file) =>
        new UriBuilder(mirror) { Path = $"{mirror.AbsolutePath.TrimEnd('/')}/{Uri.EscapeDataString(file)}" }.Uri;

    /// <summary>Refuses what could be read or changed on its way.</summary>
    /// <param name="address">Where a request would go.</param>
    /// <param name="mirror">Authority that a person named, for which http will do, or null.</param>
    /// <param name="from">Where a redirect came from, or null for the first request.</param>
    /// <exception cref="UserErrorException">QG4613: it is refused.</exception>
    public static void Require(Uri address, string? mirror, Uri? from)
    {
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            return;
        }

        bool isTrusted = address.Scheme == Uri.UriSchemeHttp && from?.Scheme != Uri.UriSchemeHttps && (address.IsLoopback || address.Authority == mirror);
        if (!isTrusted)
        {
            string way = from is null ? string.Empty : $"{Shown(from)} leads to ";
            throw new UserErrorException(ModelErrors.UnsafeAddress, $"{way}{Shown(address)}{(from is null ? " is" : ", which is")} not encrypted.");
        }
    }

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp;
}
